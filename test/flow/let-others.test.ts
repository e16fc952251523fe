import { afterEach, expect, test, vi } from 'vitest'
import { letOthersInTime } from '#flow/let-others'

afterEach(() => {
  vi.useRealTimers()
})

test('a turn goes on until it has lasted, and the next one begins anew', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const pause = letOthersInTime()
  let others = 0
  setImmediate(() => {
    others += 1
  })
  await pause()
  vi.advanceTimersByTime(4)
  await pause()
  expect(others).toBe(0)

  vi.advanceTimersByTime(1)
  await pause()
  expect(others).toBe(1)

  vi.advanceTimersByTime(4)
  expect(pause()).toBeUndefined()
})

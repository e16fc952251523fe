import { expect, test } from 'vitest'
import { inBothHomes } from '../support/store-homes.ts'

inBothHomes((home) => {
  test('turns of one installation follow each other, whoever takes them, and no other waits', async () => {
    const { turns } = home().store
    const waits = await Promise.all([1, 2, 3].map(() => turns.take(91, 60_000)))
    const [first = 0, second = 0, third = 0] = waits.sort((a, b) => a - b)
    expect(first).toBe(0)
    expect(second).toBeGreaterThan(55_000)
    expect(third - second).toBeGreaterThan(55_000)
    expect(await turns.take(92, 60_000)).toBe(0)
  })

  test('a turn that is long over keeps nobody waiting', async () => {
    const { turns } = home().store
    expect(await turns.take(93, 1)).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await turns.take(93, 1)).toBe(0)
  })
})

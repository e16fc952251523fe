import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createHourlyFloor } from '#wiring/hourly-floor'

const NOW = 1_000_000
const RESET = NOW + 600_000

function stage() {
  const rested: (readonly [number, number])[] = []
  const said: string[] = []
  let broken = false
  const floor = createHourlyFloor(
    {
      rests: {
        async rest(installation, forMs) {
          if (broken) throw new Error('the store is away')
          rested.push([installation, forMs])
        },
      },
    },
    {
      clock: { now: () => NOW },
      log: {
        info: (_, words) => void said.push(words),
        warn: (_, words) => void said.push(words),
        error: (_, words) => void said.push(words),
      },
    },
  )
  const answer = async (left: number | null, resetAt: number | null, installation = 7) => {
    floor({ status: 200, left, resetAt, at: NOW }, installation)
    await nextTurn()
  }
  const breaks = (is: boolean) => {
    broken = is
  }
  return { answer, rested, said, breaks }
}

test('below a tenth of the hour the installation rests until it is over, told once', async () => {
  const { answer, rested } = stage()
  await answer(0.1, RESET)
  expect(rested).toEqual([])
  await answer(0.09, RESET)
  await answer(0.08, RESET)
  expect(rested).toEqual([[7, 600_000]])
  await answer(0.05, RESET + 3_600_000)
  await answer(0.05, RESET)
  await answer(0.05, RESET + 3_600_000)
  expect(rested).toHaveLength(2)
})

test('the app itself, answers without a limit and hours that are over keep nobody waiting', async () => {
  const { answer, rested } = stage()
  await answer(0.01, RESET, 0)
  await answer(null, RESET)
  await answer(0.01, null)
  await answer(0.01, NOW - 1)
  expect(rested).toEqual([])
})

test('what could not be written down is written with the next answer', async () => {
  const { answer, rested, said, breaks } = stage()
  breaks(true)
  await answer(0.01, RESET)
  breaks(false)
  await answer(0.01, RESET)
  expect(said).toEqual(['hourly limit not kept', 'hourly limit nearly used'])
  expect(rested).toEqual([[7, 600_000]])
})

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchClock } from '#wiring/watch-clock'

const MINUTE_MS = 60_000

/** A watch that is told one skew after the other, the last one for ever; a number that waits is a promise. */
function watched(...skews: readonly (number | null | Promise<null>)[]) {
  const said: string[] = []
  let asked = 0
  const ask = async () => {
    asked += 1
    return (await skews[Math.min(asked, skews.length) - 1]) ?? null
  }
  const say = (level: string) => (_: unknown, words: string) => void said.push(`${level} ${words}`)
  const log = { info: say('info'), warn: say('warn'), error: say('error') }
  const watch = watchClock(ask, log, { startMs: 100, againMs: 20 })
  return { watch, said, asked: () => asked }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5)
}

test.each([
  ['twenty minutes ahead', 20, '1200 s ahead of GitHub'],
  ['twenty minutes behind', -20, '1200 s behind GitHub'],
])('a clock that is %s does not start', async (_, minutes, words) => {
  const { watch, said } = watched(minutes * MINUTE_MS)
  const failure = {
    ...{ name: 'Problem', code: 'server.clock', kind: 'told' },
    message: `The clock of this machine is ${words}, which refuses keys of a wrong time: set the clock of this machine, best by NTP.`,
  }
  await expect(watch.allowStart()).rejects.toMatchObject(failure)
  watch.stop()
  expect(said).toEqual(['error clock is wrong'])
})

test('a clock that is five minutes off starts with a warning, and GitHub is asked once', async () => {
  const { watch, said, asked } = watched(5 * MINUTE_MS)
  await watch.allowStart()
  await sleep(60)
  expect(watch.latest()).toMatchObject({ state: 'warns' })
  expect([said, asked()]).toEqual([['warn clock is off'], 1])
})

test('a clock that is half a minute off is nothing to speak of', async () => {
  const { watch, said } = watched(30_000)
  await watch.allowStart()
  expect([watch.latest().state, said]).toEqual(['ok', []])
})

test('a GitHub that never answers keeps no server from starting', async () => {
  const { watch, said } = watched(Promise.withResolvers<null>().promise)
  const begun = performance.now()
  await watch.allowStart()
  expect(performance.now() - begun).toBeLessThan(2_000)
  watch.stop()
  expect([watch.latest().state, said]).toEqual(['skipped', []])
})

test('where GitHub answers later, a wrong clock is said then, and believed once it is right', async () => {
  const states: string[] = []
  const { watch, said } = watched(null, null, 20 * MINUTE_MS, 20 * MINUTE_MS, 0)
  await watch.allowStart()
  await until(() => {
    const { state } = watch.latest()
    if (states.at(-1) !== state) states.push(state)
    return state === 'ok'
  })
  expect(states).toEqual(['skipped', 'fails', 'ok'])
  expect(said).toEqual(['warn clock not compared', 'error clock is wrong'])
})

test('a watch that was stopped asks no more', async () => {
  const { watch, asked } = watched(null)
  await watch.allowStart()
  watch.stop()
  const before = asked()
  await sleep(80)
  expect(asked()).toBe(before)
})

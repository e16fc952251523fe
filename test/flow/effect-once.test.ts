import { expect, test } from 'vitest'
import { Problem } from '#core/problem'
import { type EffectOnce, effectOnce } from '#flow/effect-once'
import type { Effect } from '#flow/ports'
import { fakeClock, fakeRun } from '../support/fake-run.ts'

const VISIBILITY = 60_000

/** A side of the world where objects appear in lists only after a while. */
function world(effects: Record<string, Effect> = {}) {
  const clock = fakeClock()
  const run = fakeRun(clock, effects)
  const created: { id: string; visibleAt: number }[] = []
  const said = { writes: 0, finds: 0 }
  const create = (delay = 0) => {
    created.push({ id: `id-${created.length + 1}`, visibleAt: clock.now() + delay })
    return created.at(-1)?.id ?? ''
  }
  const effect = (write: () => Promise<string>): EffectOnce => ({
    step: 'post-review',
    find: async () => {
      said.finds += 1
      return created.find((object) => object.visibleAt <= clock.now())?.id ?? null
    },
    write: () => {
      said.writes += 1
      return write()
    },
  })
  const once = (write: () => Promise<string>) =>
    effectOnce({ run, clock, visibilityMs: VISIBILITY }, effect(write))
  return { clock, run, created, said, create, once }
}

const intended = (attempts: number, intendedAt = 1_000_000): Record<string, Effect> => ({
  'post-review': { status: 'intended', objectId: null, attempts, intendedAt },
})
const lost = () => new Problem('github.ambiguous', 'retry', 'the answer was lost')

test('an effect is written once and recorded', async () => {
  const w = world()
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect([w.said.writes, w.run.effects.get('post-review')?.status]).toEqual([1, 'done'])
})

test('an object that an older store already made is adopted without a write', async () => {
  const w = world()
  w.create()
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect(w.said.writes).toBe(0)
})

test('a write whose answer was lost is looked up, not repeated', async () => {
  const w = world()
  const id = await w.once(async () => {
    w.create(20_000)
    throw lost()
  })
  expect([id, w.said.writes, w.created.length]).toEqual(['id-1', 1, 1])
})

test('a write that never happened is repeated once, after the visibility time', async () => {
  const w = world()
  let first = true
  const id = await w.once(async () => {
    if (!first) return w.create()
    first = false
    throw lost()
  })
  expect([id, w.said.writes]).toEqual(['id-1', 2])
  expect(w.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(VISIBILITY)
})

test('two lost writes without a trace are put off, and no third write follows at once', async () => {
  const w = world()
  await expect(w.once(async () => Promise.reject(lost()))).rejects.toMatchObject({
    ...{ code: 'effect.unresolved', kind: 'retry', retryAfterMs: VISIBILITY },
  })
  expect(w.said.writes).toBe(2)
})

test('after a crash between intent and record the object is found again', async () => {
  const w = world(intended(1))
  w.create(5_000)
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect(w.said.writes).toBe(0)
})

test('after a crash before the write the effect is written after the visibility time', async () => {
  const w = world(intended(1))
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect(w.said.writes).toBe(1)
  expect(w.clock.now()).toBeGreaterThanOrEqual(1_000_000 + VISIBILITY)
})

test('a crash long ago needs no further waiting', async () => {
  const w = world(intended(1, 1_000_000 - 2 * VISIBILITY))
  await w.once(async () => w.create())
  expect(w.clock.slept).toEqual([])
})

test('two attempts before a crash allow no third before twice the visibility time', async () => {
  const w = world(intended(2, 1_000_000 - VISIBILITY))
  await expect(w.once(async () => w.create())).rejects.toMatchObject({
    ...{ code: 'effect.unresolved', kind: 'retry', retryAfterMs: VISIBILITY },
  })
  expect(w.said).toEqual({ writes: 0, finds: 1 })
})

test.each([
  ['third', 2],
  ['fourth', 3],
])('a %s write comes after a look that had twice as long as the one before', async (_, before) => {
  const longer = VISIBILITY * 2 ** (before - 1)
  const soon = world(intended(before, 1_000_001 - longer))
  await expect(soon.once(async () => soon.create())).rejects.toMatchObject({ retryAfterMs: 1 })
  const late = world(intended(before, 1_000_000 - longer))
  expect(await late.once(async () => late.create())).toBe('id-1')
  expect(late.said).toEqual({ writes: 1, finds: 1 })
})

test('what was put off is found when it shows itself late, and not written again', async () => {
  const w = world(intended(2, 1_000_000 - 2 * VISIBILITY))
  w.create()
  expect(await w.once(async () => w.create())).toBe('id-1')
  expect(w.said.writes).toBe(0)
})

test('four lost writes without a trace end in a problem for a person, and no fifth write', async () => {
  const w = world(intended(3, 1_000_000 - 4 * VISIBILITY))
  const unresolved = { code: 'effect.unresolved', kind: 'told' }
  await expect(w.once(async () => Promise.reject(lost()))).rejects.toMatchObject(unresolved)
  await w.clock.sleep(100 * VISIBILITY)
  await expect(w.once(async () => w.create())).rejects.toMatchObject(unresolved)
  expect(w.said.writes).toBe(1)
})

test('a limit is passed on at once, because nothing was written', async () => {
  const w = world()
  const limited = new Problem('github.rate-limited', 'retry', 'wait', { retryAfterMs: 90_000 })
  await expect(w.once(async () => Promise.reject(limited))).rejects.toBe(limited)
  expect(w.said.writes).toBe(1)
})

test('refusals by a limit use up no attempt', async () => {
  const w = world()
  const limited = async () => Promise.reject(new Problem('github.rate-limited', 'retry', 'wait'))
  for (let i = 0; i < 5; i += 1)
    await expect(w.once(limited)).rejects.toMatchObject({ code: 'github.rate-limited' })
  expect(await w.once(async () => w.create())).toBe('id-1')
})

import { describe, expect, test } from 'vitest'
import type { Model, ModelRequest, ModelTurn, ServiceRest } from '#flow/model-port'
import { createGuardedModel } from '#model/circuit-breaker'

const REQUEST: ModelRequest = { model: 'm', maxTokens: 1, system: [], tools: [], messages: [] }
const USAGE = { inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 1 }
const GOOD: ModelTurn = {
  kind: 'answered',
  stop: 'end_turn',
  content: [],
  usage: USAGE,
  requestId: null,
}
const signal = new AbortController().signal

function bad(failure: 'transient' | 'account' | 'request'): Extract<ModelTurn, { kind: 'failed' }> {
  return {
    kind: 'failed',
    failure,
    message: `${failure} trouble`,
    retryAfterMs: null,
    usage: null,
    requestId: null,
  }
}

function worldOf() {
  const world = { answer: GOOD, calls: 0 }
  const model: Model = {
    turn: async () => {
      world.calls += 1
      return world.answer
    },
  }
  return { world, model }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('one account failure keeps fifty workers from asking, until a probe succeeds', async () => {
  const { world, model } = worldOf()
  const guarded = createGuardedModel(model, { accountMs: 40 })
  world.answer = bad('account')
  const turns = []
  for (let worker = 0; worker < 50; worker += 1) turns.push(await guarded.turn(REQUEST, signal))
  expect(world.calls).toBe(1)
  expect(turns.every((turn) => turn.kind === 'failed' && turn.failure === 'account')).toBe(true)
  expect(guarded.trouble()).toEqual({ failure: 'account', message: 'account trouble' })
  world.answer = GOOD
  await pause(60)
  expect(await guarded.turn(REQUEST, signal)).toBe(GOOD)
  expect(guarded.trouble()).toBeNull()
})

test('a storm of transient failures opens it, one alone does not', async () => {
  const { world, model } = worldOf()
  const guarded = createGuardedModel(model, { transientAfter: 3, transientMs: 5_000 })
  world.answer = bad('transient')
  await guarded.turn(REQUEST, signal)
  world.answer = GOOD
  await guarded.turn(REQUEST, signal)
  world.answer = bad('transient')
  for (let worker = 0; worker < 6; worker += 1) await guarded.turn(REQUEST, signal)
  expect(world.calls).toBe(5)
  const turn = await guarded.turn(REQUEST, signal)
  expect(turn).toMatchObject({ kind: 'failed', failure: 'transient', message: 'transient trouble' })
  expect(turn.kind === 'failed' ? turn.retryAfterMs : 0).toBeGreaterThan(1_000)
})

test('a bad request of one review is no trouble of the service', async () => {
  const { world, model } = worldOf()
  const guarded = createGuardedModel(model, { transientAfter: 1 })
  world.answer = bad('request')
  for (let worker = 0; worker < 10; worker += 1) await guarded.turn(REQUEST, signal)
  expect(world.calls).toBe(10)
  expect(guarded.trouble()).toBeNull()
})

test('an abort passes through and is no trouble', async () => {
  const guarded = createGuardedModel({
    turn: async () => {
      throw new Error('superseded')
    },
  })
  await expect(guarded.turn(REQUEST, signal)).rejects.toThrow('superseded')
  expect(guarded.trouble()).toBeNull()
})

describe('a wait that the service asks for', () => {
  const limited = (retryAfterMs: number): ModelTurn => ({ ...bad('transient'), retryAfterMs })

  /** What two replicas share: until when the service rests, and how often it was written down. */
  function sharedRest() {
    const shared = { until: 0, told: [] as number[] }
    const rest: ServiceRest = {
      left: () => Math.max(0, shared.until - performance.now()),
      rest: async (forMs) => {
        shared.told.push(forMs)
        shared.until = Math.max(shared.until, performance.now() + forMs)
      },
    }
    return { shared, rest }
  }

  test('holds the calls of all processes until then, and is told once', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    const [one, other] = [createGuardedModel(model, { rest }), createGuardedModel(model, { rest })]
    world.answer = limited(60_000)
    // Three are under way at the same time.
    await Promise.all([1, 2, 3].map(() => one.turn(REQUEST, signal)))
    expect([world.calls, shared.told]).toEqual([3, [60_000]])
    world.answer = GOOD
    for (const guarded of [one, other]) {
      const turn = await guarded.turn(REQUEST, signal)
      expect(turn).toMatchObject({ kind: 'failed', failure: 'transient', usage: null })
      expect(turn.kind === 'failed' ? turn.retryAfterMs : 0).toBeGreaterThan(50_000)
      expect(guarded.trouble()).toEqual({
        failure: 'transient',
        message: 'the service asked to wait',
      })
    }
    expect(world.calls).toBe(3)
    shared.until = 0
    expect(await other.turn(REQUEST, signal)).toBe(GOOD)
    expect(other.trouble()).toBeNull()
  })

  test('opens no breaker by being kept', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    const guarded = createGuardedModel(model, { rest, transientAfter: 1, accountMs: 5 })
    shared.until = performance.now() + 60_000
    for (let call = 0; call < 10; call += 1) await guarded.turn(REQUEST, signal)
    shared.until = 0
    expect(await guarded.turn(REQUEST, signal)).toBe(GOOD)
    expect(world.calls).toBe(1)
  })

  test('is sat out when it is short, and the service counts as well meanwhile', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    const guarded = createGuardedModel(model, { rest })
    shared.until = performance.now() + 80
    const started = performance.now()
    const turn = guarded.turn(REQUEST, signal)
    expect([world.calls, guarded.trouble()]).toEqual([0, null])
    expect(await turn).toBe(GOOD)
    expect(performance.now() - started).toBeGreaterThan(75)
  })

  test('keeps nobody whose review is stopped', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    shared.until = performance.now() + 20_000
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('lease lost')), 20)
    const turn = createGuardedModel(model, { rest }).turn(REQUEST, controller.signal)
    // Nothing was sent, so nothing is to be paid; whoever asks sees its own stop.
    expect(await turn).toMatchObject({ kind: 'failed', usage: null })
    expect(world.calls).toBe(0)
  })

  test('of days is kept for ten minutes, and then asked about again', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    world.answer = limited(86_400_000)
    await createGuardedModel(model, { rest }).turn(REQUEST, signal)
    expect(shared.told).toEqual([600_000])
  })

  test('is not made of other failures, nor of our own breaker', async () => {
    const { world, model } = worldOf()
    const { shared, rest } = sharedRest()
    const guarded = createGuardedModel(model, { rest, transientAfter: 1 })
    for (const failure of ['request', 'transient'] as const) {
      world.answer = bad(failure)
      await guarded.turn(REQUEST, signal)
    }
    expect(guarded.trouble()?.failure).toBe('transient')
    const held = await guarded.turn(REQUEST, signal)
    expect(held.kind === 'failed' ? held.retryAfterMs : 0).toBeGreaterThan(1_000)
    expect([world.calls, shared.told]).toEqual([2, []])
  })
})

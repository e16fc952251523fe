import { expect, test } from 'vitest'
import type { Model, ModelRequest, ModelTurn } from '#flow/model-port'
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

function bad(failure: 'transient' | 'account' | 'request'): ModelTurn {
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

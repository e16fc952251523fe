import { describe, expect, test } from 'vitest'
import type { Model, ModelRequest, ModelTurn } from '#flow/model-port'
import { createGuardedModel } from '#model/circuit-breaker'
import { createFallbacks } from '#model/fallbacks'

const REQUEST: ModelRequest = {
  ...{ model: 'claude-opus-5-5', maxTokens: 1, system: [], tools: [] },
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'Review.' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'I read.' }] },
  ],
}
const THOUGHT = { type: 'opaque' as const, raw: { type: 'thinking' } }
const SAID = { type: 'text' as const, text: 'I see.' }
const signal = new AbortController().signal
const USAGE = { inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 1 }

type How = 'answers' | 'transient' | 'account' | 'request'

function turnOf(how: How): ModelTurn {
  if (how === 'answers')
    return {
      ...{ kind: 'answered', stop: 'end_turn', usage: USAGE, requestId: null },
      content: [{ ...THOUGHT }, SAID],
    }
  const rest = { retryAfterMs: null, usage: null, requestId: null }
  return { kind: 'failed', failure: how, message: `${how} trouble`, ...rest }
}

/** Two services with breakers, in this order; `asked` has what each was asked. */
function stage(first: How, second: How) {
  const world = { now: 0, how: [first, second], asked: [[], []] as ModelRequest[][] }
  const service = (index: number): Model => ({
    async turn(request) {
      world.asked[index]?.push(request)
      return turnOf(world.how[index] ?? 'account')
    },
  })
  const guarded = (index: number) =>
    createGuardedModel(service(index), { accountMs: 40, transientMs: 40 })
  const model = createFallbacks(
    [
      { name: null, model: guarded(0) },
      { name: 'claude-fable-5', model: guarded(1) },
    ],
    () => world.now,
  )
  const calls = () => world.asked.map((one) => one.length)
  return { world, model, calls, ask: (more = {}) => model.turn({ ...REQUEST, ...more }, signal) }
}

describe('the next service', () => {
  test('is not asked while the first one answers', async () => {
    const { ask, calls, model } = stage('answers', 'answers')
    expect(await ask()).toMatchObject({ kind: 'answered', model: 'claude-opus-5-5' })
    expect([calls(), model.trouble()]).toEqual([[1, 0], null])
  })

  test('answers at once where the first refuses the account, and says who it is', async () => {
    const { ask, calls, world, model } = stage('account', 'answers')
    expect(await ask()).toMatchObject({ kind: 'answered', model: 'claude-fable-5' })
    expect(await ask()).toMatchObject({ kind: 'answered', model: 'claude-fable-5' })
    expect([calls(), model.trouble()]).toEqual([[1, 2], null])
    expect(world.asked[1]?.[0]).toMatchObject({ model: 'claude-fable-5' })
  })

  test('answers after the second overload, and the first is asked again after a pause', async () => {
    const { ask, calls, world } = stage('transient', 'answers')
    expect(await ask()).toMatchObject({ failure: 'transient' })
    expect(await ask()).toMatchObject({ failure: 'transient' })
    expect(await ask()).toMatchObject({ model: 'claude-fable-5' })
    expect(calls()).toEqual([2, 1])
    world.how = ['answers', 'answers']
    world.now += 60_000
    expect(await ask()).toMatchObject({ model: 'claude-opus-5-5' })
  })

  test('is not asked where the request itself is refused: it would be refused there too', async () => {
    const { ask, calls } = stage('request', 'answers')
    expect(await ask()).toMatchObject({ failure: 'request' })
    expect(calls()).toEqual([1, 0])
  })

  test('gets its own thinking back as it was, and not that of the first', async () => {
    const { ask, world } = stage('answers', 'answers')
    const first = await ask()
    world.how = ['account', 'answers']
    const seen = first.kind === 'answered' ? first.content : []
    const messages = [...REQUEST.messages, { role: 'assistant' as const, content: seen }]
    const second = await ask({ messages })
    expect(world.asked[0]?.[1]?.messages[2]?.content).toEqual([THOUGHT, SAID])
    expect(world.asked[1]?.[0]?.messages[2]?.content).toEqual([SAID])
    const own = second.kind === 'answered' ? second.content : []
    await ask({ messages: [...messages, { role: 'assistant' as const, content: own }] })
    expect(world.asked[1]?.[1]?.messages[3]?.content).toEqual([THOUGHT, SAID])
  })

  test('takes a cheaper model where one is enough, and both count for the price', async () => {
    const { ask, model } = stage('account', 'answers')
    expect(await ask({ light: true })).toMatchObject({ model: 'claude-sonnet-5-5' })
    expect(model.mayAnswer?.(REQUEST)).toEqual(['claude-opus-5-5', 'claude-fable-5'])
  })
})

test('where none can answer, the first one is what is told of', async () => {
  const { ask, calls, model } = stage('account', 'account')
  expect(await ask()).toMatchObject({ failure: 'account' })
  expect(await ask()).toMatchObject({ failure: 'account' })
  expect([calls(), model.trouble()]).toEqual([
    [1, 1],
    { failure: 'account', message: 'account trouble' },
  ])
})

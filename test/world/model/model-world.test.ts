import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createModelWorld, type ModelWorld } from './model-world.ts'
import { call, calling, stopping } from './turns.ts'

let world: ModelWorld
beforeEach(async () => {
  world = await createModelWorld()
})
afterEach(async () => {
  await world.close()
})

const MESSAGES = [{ role: 'user', content: 'hi' }]

async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${world.apiKey}`,
      'anthropic-version': '2026-10-21',
      ...headers,
    },
    body: JSON.stringify({ model: 'm', max_tokens: 10, messages: MESSAGES, ...body }),
  })
  return { status: response.status, text: await response.text() }
}

describe('the stand-in refuses what the API refuses', () => {
  const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }
  const asked = { type: 'tool_use', id: 'toolu_x', name: 'a', input: {} }
  test.each<[string, object]>([
    ['sampling parameters', { temperature: 0 }],
    ['five breakpoints', { messages: [{ role: 'user', content: Array(5).fill(marked) }] }],
    ['prefill', { messages: [...MESSAGES, { role: 'assistant', content: 'Sure' }] }],
    ['empty content', { messages: [{ role: 'user', content: [] }] }],
    ['two messages of one role', { messages: [...MESSAGES, ...MESSAGES] }],
    [
      'a call without a result',
      { messages: [...MESSAGES, { role: 'assistant', content: [asked] }, ...MESSAGES] },
    ],
    [
      'a result without a call',
      {
        messages: [
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 'y' }] },
        ],
      },
    ],
    [
      'alternatives at the top of a schema',
      { tools: [{ name: 'a', input_schema: { type: 'object', anyOf: [] } }] },
    ],
    ['threads', { thread: { type: 'create' } }],
  ])('%s', async (_, body) => {
    world.play([stopping('end_turn')])
    expect((await post(body)).status).toBe(400)
    expect(world.violations).toHaveLength(1)
  })

  test('a wrong key and a beta header', async () => {
    expect((await post({}, { authorization: 'Bearer nope' })).status).toBe(401)
    expect((await post({}, { 'anthropic-beta': 'x' })).status).toBe(400)
  })

  test('thinking that was changed on the way', async () => {
    const ask = { ...call('a', {}), id: 'toolu_9' }
    world.play([
      calling({ type: 'thinking', thinking: 'A', signature: 's' }, ask),
      stopping('end_turn'),
    ])
    await post({})
    const back = (thinking: string) => ({
      messages: [
        ...MESSAGES,
        { role: 'assistant', content: [{ type: 'thinking', thinking, signature: 's' }, ask] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_9', content: 'ok' }] },
      ],
    })
    expect((await post(back('B'))).status).toBe(400)
    expect((await post(back('A'))).status).toBe(200)
  })
})

test('without a stream the answer is one JSON document', async () => {
  world.play([stopping('end_turn', { type: 'text', text: 'Hello' })])
  const { text } = await post({})
  expect(JSON.parse(text)).toMatchObject({ content: [{ text: 'Hello' }], stop_reason: 'end_turn' })
})

test('a cached prefix is read by the next request', async () => {
  const system = [
    { type: 'text', text: 'word '.repeat(1_000), cache_control: { type: 'ephemeral' } },
  ]
  world.play(() => stopping('end_turn'))
  await post({ system })
  await post({ system, messages: [{ role: 'user', content: 'other' }] })
  const [first, second] = world.journal.map((entry) => entry.counted)
  expect(first?.cache_read_input_tokens).toBe(0)
  expect(first?.cache_creation_input_tokens).toBeGreaterThan(1_000)
  expect(second?.cache_read_input_tokens).toBe(first?.cache_creation_input_tokens)
})

test('an interruption comes before the script, once', async () => {
  world.play([stopping('end_turn')])
  world.interrupt({ kind: 'status', status: 529, type: 'overloaded_error', message: 'x' })
  expect((await post({})).status).toBe(529)
  expect((await post({})).status).toBe(200)
})

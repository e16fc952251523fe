import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { retirementOf } from '#core/agent/models'
import type { ModelRequest } from '#flow/model-port'
import { createAnthropicModel } from '#model/anthropic'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { call, calling, status, stopping } from '../world/model/turns.ts'

const REQUEST: ModelRequest = {
  model: 'claude-opus-5-5',
  maxTokens: 1_000,
  system: ['rules', 'memory'],
  tools: [{ name: 'read_file', description: 'Reads.', inputSchema: { properties: {} } }],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Review.' }] }],
}
const signal = new AbortController().signal

let world: ModelWorld
beforeEach(async () => {
  world = await createModelWorld()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await world.close()
})

function modelOf(changes: { idleMs?: number; turnMs?: number; apiKey?: string } = {}) {
  return createAnthropicModel({ apiKey: world.apiKey, baseUrl: world.baseUrl, ...changes })
}

describe('what goes over the wire', () => {
  test('is a plain streaming request with at most four breakpoints', async () => {
    world.play([stopping('end_turn', { type: 'text', text: 'Done.' })])
    await modelOf().turn(REQUEST, signal)
    const [sent] = world.journal
    const body = JSON.parse(sent?.text ?? '{}')
    expect(Object.keys(body).sort()).toEqual([
      'max_tokens',
      'messages',
      'model',
      'stream',
      'system',
      'tools',
    ])
    expect(sent?.text.match(/cache_control/g)).toHaveLength(3)
    expect(sent?.headers['anthropic-beta']).toBeUndefined()
    expect(sent?.headers['anthropic-version']).toBeDefined()
    expect(world.violations).toEqual([])
  })

  test('takes nothing from the environment', async () => {
    const hostile = await createModelWorld()
    vi.stubEnv('ANTHROPIC_BASE_URL', hostile.baseUrl)
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'stolen')
    vi.stubEnv('ANTHROPIC_API_KEY', 'other')
    vi.stubEnv(
      'ANTHROPIC_CUSTOM_HEADERS',
      'x-leak: 1\nauthorization: Bearer other\nanthropic-beta: x',
    )
    world.play([stopping('end_turn')])
    const turn = await modelOf().turn(REQUEST, signal)
    expect(turn.kind).toBe('answered')
    expect(hostile.journal).toEqual([])
    expect(world.journal[0]?.headers['x-leak']).toBeUndefined()
    await hostile.close()
  })

  test('follows no redirect', async () => {
    const elsewhere = await createModelWorld()
    world.play([{ kind: 'redirect', to: `${elsewhere.baseUrl}/v1/messages` }])
    expect(await modelOf().turn(REQUEST, signal)).toMatchObject({
      kind: 'failed',
      failure: 'transient',
    })
    expect(elsewhere.journal).toEqual([])
    await elsewhere.close()
  })

  test.each([
    'http://example.com',
    'ftp://127.0.0.1',
    'not a url',
    'https://user:secret@example.com',
    'http://127.0.0.1.example.com',
  ])('%s is no address for a key', (baseUrl) => {
    expect(() => createAnthropicModel({ apiKey: 'k', baseUrl })).toThrow('ANTHROPIC_BASE_URL')
  })

  test.each(['https://api.example.com/', 'http://localhost:11434', 'http://[::1]:8080'])(
    '%s is one',
    (baseUrl) => {
      expect(() => createAnthropicModel({ apiKey: 'k', baseUrl })).not.toThrow()
    },
  )
})

describe('a model that will be retired', () => {
  test('is one of ours wherever the SDK would warn of it, with the same day', () => {
    const require = createRequire(import.meta.url)
    const source = readFileSync(
      require.resolve('@anthropic-ai/sdk/resources/messages/messages'),
      'utf8',
    )
    const [, list = ''] = /DEPRECATED_MODELS = \{([^}]*)\}/.exec(source) ?? []
    const warned = [...list.matchAll(/'([^']+)': '(\w+ \d+)\w\w, (\d+)'/g)]
    expect(warned).toHaveLength(list.split('\n').filter((line) => line.trim() !== '').length)
    expect(warned.length).toBeGreaterThan(0)
    for (const [, model = '', day, year] of warned) {
      const at = new Date(`${day}, ${year} UTC`).toISOString().slice(0, 10)
      expect([model, retirementOf(model)]).toEqual([model, at])
    }
  })
})

describe('an answer', () => {
  test('has its blocks in order, its usage and its request id', async () => {
    world.play([
      calling(
        { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
        { type: 'text', text: 'I read.' },
        { ...call('read_file', { path: 'ü.ts' }), id: 'toolu_1' },
      ),
    ])
    const turn = await modelOf().turn(REQUEST, signal)
    expect(turn).toMatchObject({
      kind: 'answered',
      stop: 'tool_use',
      requestId: 'req_000001',
      content: [
        { type: 'opaque', raw: { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' } },
        { type: 'text', text: 'I read.' },
        { type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'ü.ts' } },
      ],
    })
    expect(turn.usage?.inputTokens).toBeGreaterThan(0)
    expect(turn.usage?.outputTokens).toBeGreaterThan(0)
  })

  test('that is slow but alive is waited for', async () => {
    world.play([{ kind: 'stall', pings: 40 }])
    const started = performance.now()
    // Far longer than a busy machine keeps a ping waiting, and shorter than all of them together.
    const turn = await modelOf({ idleMs: 1_000 }).turn(REQUEST, signal)
    expect(turn).toMatchObject({ kind: 'failed', failure: 'transient' })
    // Forty pings, 40 ms apart, kept it alive before the silence began.
    expect(performance.now() - started).toBeGreaterThan(2_000)
    expect(turn.usage?.inputTokens).toBeGreaterThan(0)
  })

  test('that never ends is given up at the limit of a turn', async () => {
    world.play([{ kind: 'stall', pings: 1_000 }])
    const turn = await modelOf({ idleMs: 1_000, turnMs: 200 }).turn(REQUEST, signal)
    expect(turn).toMatchObject({ kind: 'failed', message: 'the turn took too long' })
  })

  test('is not waited for once the review is stopped', async () => {
    world.play([{ kind: 'hang' }])
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('lease lost')), 30)
    await expect(modelOf().turn(REQUEST, controller.signal)).rejects.toThrow('lease lost')
  })
})

describe('a failure', () => {
  test('says what the service said, without secrets and control characters', async () => {
    const secret = `sk-ant-${'a1b2'.repeat(8)}`
    world.play([status(401, 'authentication_error', `bad key ${secret}\u001b[31m`)])
    const turn = await modelOf().turn(REQUEST, signal)
    expect(turn).toMatchObject({ kind: 'failed', failure: 'account' })
    expect(JSON.stringify(turn)).not.toContain(secret)
    expect(JSON.stringify(turn)).not.toContain('\\u001b')
  })

  test.each([
    ['retry-after', '7', 7_000],
    ['retry-after-ms', '250', 250],
    ['retry-after', new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['retry-after', 'soon', null],
  ])('with %s: %s asks for that wait', async (name, value, expected) => {
    world.play([status(429, 'rate_limit_error', 'x', { [name]: value })])
    const turn = await modelOf().turn(REQUEST, signal)
    const wait = turn.kind === 'failed' ? turn.retryAfterMs : undefined
    if (expected === null) expect(wait).toBeNull()
    else expect(Math.abs((wait ?? 0) - expected)).toBeLessThan(expected / 3)
  })

  test('of the connection is transient', async () => {
    await world.close()
    expect(await modelOf().turn(REQUEST, signal)).toMatchObject({
      kind: 'failed',
      failure: 'transient',
      message: 'the service cannot be reached',
    })
    world = await createModelWorld()
  })

  test('of the SDK is not retried by the SDK', async () => {
    world.play(() => status(500, 'api_error'))
    await modelOf().turn(REQUEST, signal)
    expect(world.journal).toHaveLength(1)
  })
})

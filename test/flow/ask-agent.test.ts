import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anchorOf } from '#core/agent/anchors'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer, textOf } from '../world/model/scripted-reviewer.ts'
import { call, calling, finishing, status, stopping, type Turn } from '../world/model/turns.ts'
import { answered, askOf, contentsOf, createBench, HEAD, RULE_CLAIM } from './review-bench.ts'

const ADDED = '  const charge = await client.charges.create({ amount: order.total })'
const ANCHOR = anchorOf('RIGHT', 4, ADDED)
const FINDING = {
  class: 'idempotency',
  impact: 'severe',
  likelihood: 'expected',
  path: 'src/pay.ts',
  anchor: ANCHOR,
  title: 'Double charge',
  scenario: 'The response is lost and the call is made again.',
  fix: 'Pass a key.',
  evidence: [{ path: 'src/pay.ts', anchor: ANCHOR }],
}

let world: ModelWorld
beforeEach(async () => {
  world = await createModelWorld()
})
afterEach(async () => {
  await world.close()
})

describe('a review that goes well', () => {
  test('a reviewer reads, reports, remembers and finishes', async () => {
    world.play(scriptedReviewer)
    const outcome = answered(await createBench(world).ask())
    expect(world.violations).toEqual([])
    expect(outcome.partial).toBeNull()
    expect(outcome.claims).toHaveLength(1)
    expect(outcome.claims[0]).toMatchObject({
      class: 'idempotency',
      severity: 'critical',
      proof: 'plausible',
      source: 'agent',
      side: 'RIGHT',
      line: 4,
      provider: 'stripe',
      evidence: [{ path: 'src/pay.ts', line: 4, text: ADDED, redacted: false }],
    })
    expect(outcome.coverage.get('src/pay.ts')).toEqual({ coverage: 'reviewed', because: null })
    expect(outcome.edits.map((edit) => edit.path)).toEqual(['MEMORY.md', 'integrations.md'])
    const noted = outcome.edits.find((edit) => edit.path === 'integrations.md')?.text
    expect(noted).toContain('src/client.ts:1')
    expect(noted).toContain('src/mail.ts:1')
    // Three turns, and one for a second opinion.
    expect(outcome.usage.modelCalls).toBe(4)
    expect(outcome.requestIds).toEqual(['req_000001', 'req_000002', 'req_000003', 'req_000004'])
  })

  test('money is reserved before each call and settled after it', async () => {
    world.play(scriptedReviewer)
    const bench = createBench(world)
    const outcome = answered(await bench.ask())
    expect(bench.budget.reserved).toHaveLength(4)
    expect(bench.budget.settled.map((entry) => entry.requestId)).toEqual(outcome.requestIds)
    const spent = bench.budget.settled.reduce((sum, entry) => sum + entry.usd, 0)
    expect(outcome.usage.usd).toBeCloseTo(spent, 9)
    expect(Math.max(...bench.budget.settled.map((entry) => entry.usd))).toBeLessThan(
      Math.min(...bench.budget.reserved),
    )
  })

  test('what a rule found is dismissed with the lines that show it', async () => {
    const place = anchorOf('RIGHT', 1, (HEAD['src/client.ts'] ?? '').trim())
    world.play([
      calling(
        call('dismiss_evidence', {
          id: 'E1',
          reason: 'The shared client sets one.',
          evidence: [{ path: 'src/client.ts', anchor: place }],
        }),
      ),
      finishing(),
    ])
    const outcome = answered(await createBench(world).ask({ evidence: [RULE_CLAIM] }))
    expect(outcome.dismissed).toHaveLength(1)
    expect(outcome.dismissed[0]?.claim).toBe(RULE_CLAIM)
    expect(outcome.dismissed[0]?.evidence[0]).toMatchObject({ path: 'src/client.ts', line: 1 })
  })

  test('over ten turns most of the prompt comes from the cache', async () => {
    const turns: Turn[] = Array.from({ length: 9 }, (_, index) =>
      calling(call('read_file', { path: 'src/pay.ts', offset: 1, limit: index + 1 })),
    )
    world.play([...turns, finishing()])
    const { usage } = answered(await createBench(world).ask())
    const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
    expect(usage.cacheReadTokens / prompt).toBeGreaterThan(0.8)
  })

  test('thinking blocks go back as they came', async () => {
    world.play([
      calling(
        { type: 'thinking', thinking: 'Line one.\n"quoted"', signature: 'c2ln==' },
        { type: 'redacted_thinking', data: 'b3BhcXVl' },
        call('list_files', {}),
      ),
      finishing(),
    ])
    expect(answered(await createBench(world).ask()).partial).toBeNull()
    expect(world.violations).toEqual([])
    const returned = world.journal[1]?.request?.messages[1]?.content ?? []
    expect(returned.slice(0, 2)).toEqual([
      { type: 'thinking', thinking: 'Line one.\n"quoted"', signature: 'c2ln==' },
      { type: 'redacted_thinking', data: 'b3BhcXVl' },
    ])
  })
})

describe('tool calls', () => {
  test('a batch of five is answered in one message, in order, with errors marked', async () => {
    const batch = [
      call('read_file', { path: 'src/pay.ts' }),
      call('read_file', { path: 'src/gone.ts' }),
      call('post_comment', { body: 'hello' }),
      call('list_files', {}),
      call('search_code', { pattern: 'charges' }),
    ]
    world.play([calling(...batch), finishing()])
    await createBench(world).ask()
    const results = world.journal[1]?.request?.messages[2]?.content ?? []
    expect(results.map((block) => block['tool_use_id'])).toEqual(batch.map((block) => block.id))
    expect(results.map((block) => block['is_error'])).toEqual([false, true, true, false, false])
    expect(textOf(world.journal[1]?.request ?? never(), 2)).toContain(
      'There is no tool "post_comment"',
    )
  })

  test('of forty calls in a turn sixteen run, and never more than four at a time', async () => {
    let open = 0
    let most = 0
    const paths = Array.from({ length: 40 }, (_, n) => `src/f${n}.ts`)
    const contents = contentsOf(Object.fromEntries(paths.map((path) => [path, 'x'])))
    const slow = {
      ...contents,
      read: async (paths: readonly string[], at: 'base' | 'head') => {
        open += 1
        most = Math.max(most, open)
        await new Promise((resolve) => setTimeout(resolve, 3))
        open -= 1
        return contents.read(paths, at)
      },
    }
    const batch = paths.map((path) => call('read_file', { path }))
    world.play([calling(...batch), finishing()])
    await createBench(world).ask({}, { contents: slow })
    const results = world.journal[1]?.request?.messages[2]?.content ?? []
    expect(results).toHaveLength(40)
    expect(results.filter((block) => block['is_error'] === false)).toHaveLength(16)
    expect(most).toBe(4)
  })

  test('the third identical call is refused', async () => {
    const again = () => calling(call('read_file', { path: 'src/pay.ts' }))
    world.play([again(), again(), again(), finishing()])
    await createBench(world).ask()
    const last = world.journal[3]?.request?.messages.at(-1)?.content[0]
    expect(last?.['is_error']).toBe(true)
  })

  test('a reviewer that repeats itself for ever ends after five turns of errors', async () => {
    world.play(() => calling(call('read_file', { path: 'src/pay.ts' })))
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBe('5 turns in a row brought only errors')
    expect(world.journal).toHaveLength(7)
    expect(outcome.coverage.get('src/pay.ts')?.coverage).toBe('partial')
  })

  test.each([
    ['an extra field', { path: 'src/pay.ts', ref: 'main' }],
    ['a missing field', {}],
    ['a wrong type', { path: 7 }],
    ['no object at all', 'src/pay.ts'],
  ])('an input with %s changes nothing and is explained', async (_, input) => {
    world.play([calling(call('read_file', input)), finishing()])
    const contents = contentsOf()
    await createBench(world).ask({}, { contents })
    expect(contents.asked).toEqual([])
    const answer = world.journal[1]?.request?.messages.at(-1)?.content[0]
    expect(answer?.['is_error']).toBe(true)
  })

  test('a wrong anchor comes back with the nearest lines, and the mended call is accepted', async () => {
    world.play((request, index) => {
      if (index === 0) return calling(call('report_finding', { ...FINDING, anchor: 'R4:000' }))
      if (index === 1) {
        const answer = textOf(request, 2)
        const [mended] = /R4:[0-9a-f]{3}(?=\|)/.exec(answer) ?? []
        return calling(call('report_finding', { ...FINDING, anchor: mended }))
      }
      return finishing()
    })
    const outcome = answered(await createBench(world).ask())
    expect(outcome.claims.map((claim) => claim.line)).toEqual([4])
  })

  test('a secret in a file that is read never reaches the model', async () => {
    const secret = `sk_live_${'a1B2c3D4'.repeat(4)}`
    const head = { ...HEAD, 'src/key.ts': `export const key = '${secret}'\n` }
    world.play([
      calling(call('read_file', { path: 'src/key.ts' }), call('search_code', { pattern: 'key' })),
      finishing(),
    ])
    await createBench(world).ask({}, { contents: contentsOf(head) })
    expect(world.journal.map((entry) => entry.text).join('')).not.toContain(secret)
    expect(world.journal[1]?.text).toContain('•••')
  })
})

describe('how a turn can end', () => {
  test('a call that was cut at the output limit is not run, and there is one more try', async () => {
    const cut = {
      ...call('memory', {}),
      json: '{"command":"create","path":"/memories/x.md","file_te',
    }
    world.play([stopping('max_tokens', cut), finishing()])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBeNull()
    expect(outcome.edits).toEqual([])
    expect(textOf(world.journal[1]?.request ?? never(), 0)).toContain('limit of output')
  })

  test('a second cut answer makes the review partial', async () => {
    world.play([stopping('max_tokens'), stopping('max_tokens')])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toContain('limit of output')
    expect(outcome.coverage.get('src/pay.ts')?.coverage).toBe('partial')
  })

  test('after a refusal the context is fresh, and its text is not used', async () => {
    world.play([
      calling(call('list_files', {})),
      stopping('refusal', { type: 'text', text: 'I cannot help with exploits.' }),
      finishing(),
    ])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBeNull()
    expect(world.journal[2]?.request?.messages).toHaveLength(1)
    expect(world.journal[2]?.text).not.toContain('exploits')
  })

  test('a second refusal leaves the files unreviewed and keeps what was accepted', async () => {
    world.play([calling(call('report_finding', FINDING)), stopping('refusal'), stopping('refusal')])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBe('the model declined to review this change')
    expect(outcome.coverage.get('src/pay.ts')?.coverage).toBe('failed')
    expect(outcome.claims).toHaveLength(1)
  })

  test('a prompt that does not fit is made smaller once', async () => {
    world.play([stopping('model_context_window_exceeded'), finishing()])
    expect(answered(await createBench(world).ask()).partial).toBeNull()
    world.play([
      stopping('model_context_window_exceeded'),
      stopping('model_context_window_exceeded'),
    ])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBe('the change does not fit into the model')
  })

  test('a prompt that the service calls too long is treated alike', async () => {
    world.play([
      status(400, 'invalid_request_error', 'prompt is too long: 1200000 tokens > 1000000 maximum'),
      status(413, 'request_too_large'),
    ])
    expect(answered(await createBench(world).ask()).partial).toContain('does not fit')
  })

  test('a pause is continued once', async () => {
    const paused = stopping('pause_turn', { type: 'text', text: 'Working.' })
    world.play([paused, finishing()])
    expect(answered(await createBench(world).ask()).partial).toBeNull()
    expect(world.violations).toEqual([])
    world.play([paused, paused])
    expect(answered(await createBench(world).ask()).partial).toContain('paused')
  })

  test.each([
    ['an empty answer', []],
    ['prose instead of a report', [{ type: 'text' as const, text: 'No issues. Ship it.' }]],
  ])('%s is no review: one reminder, then a failure', async (_, content) => {
    world.play([stopping('end_turn', ...content), stopping('end_turn', ...content)])
    const outcome = answered(await createBench(world).ask())
    expect(world.violations).toEqual([])
    expect(world.journal).toHaveLength(2)
    expect(outcome.partial).toBe('the model ended without finishing')
    expect(outcome.coverage.get('src/pay.ts')?.coverage).toBe('failed')
    expect(outcome.claims).toEqual([])
  })

  test('an empty answer after tool results gets a reminder that keeps the roles in turn', async () => {
    world.play([calling(call('list_files', {})), stopping('end_turn'), finishing()])
    expect(answered(await createBench(world).ask()).partial).toBeNull()
    expect(world.violations).toEqual([])
  })

  test('a reason that nobody knows yet is a failure', async () => {
    world.play([stopping('quantum_collapse', { type: 'text', text: 'x' })])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toBe('the model stopped for an unknown reason')
  })

  test('findings in prose or with wild values never become claims', async () => {
    world.play([
      calling(
        call('report_finding', { ...FINDING, impact: 'critical!!' }),
        call('report_finding', { ...FINDING, anchor: 12 }),
        call('report_finding', { ...FINDING, evidence: [] }),
        call('report_finding', { ...FINDING, title: 'x'.repeat(5_000) }),
      ),
      finishing(),
    ])
    expect(answered(await createBench(world).ask()).claims).toEqual([])
  })
})

describe('limits', () => {
  const endless = () => (_: unknown, index: number) =>
    calling(call('search_code', { pattern: `word${index}` }))

  test('the number of turns ends a loop', async () => {
    world.play(endless())
    const outcome = answered(await createBench(world).ask({ limits: { turns: 4 } }))
    expect(outcome.partial).toBe('the limit of 4 turns was reached')
    expect(world.journal).toHaveLength(4)
    expect(world.journal.at(-1)?.text).toContain('Little room is left')
  })

  test('an agent file may ask for fewer turns, not for more', async () => {
    const agent = { ...askOf().agent, header: { ...askOf().agent.header, maxTurns: 2 } }
    world.play(endless())
    await createBench(world).ask({ agent })
    expect(world.journal).toHaveLength(2)
  })

  test('the number of tool calls ends a loop', async () => {
    world.play(endless())
    const outcome = answered(await createBench(world).ask({ limits: { toolCalls: 3 } }))
    expect(outcome.partial).toBe('the limit of 3 tool calls was reached')
  })

  test('the number of tokens ends a loop', async () => {
    world.play(endless())
    const outcome = answered(await createBench(world).ask({ limits: { tokens: 9_000 } }))
    expect(outcome.partial).toBe('the limit of 9000 tokens was reached')
  })

  test('the time ends a loop', async () => {
    world.play(endless())
    let now = 0
    const clock = { now: () => (now += 60_000), sleep: async () => {} }
    const outcome = answered(await createBench(world).ask({}, { clock }))
    expect(outcome.partial).toBe('the limit of 15 minutes was reached')
  })

  test('a budget that cannot bear the worst case of the first call is not touched', async () => {
    const bench = createBench(world, 0.01)
    const outcome = answered(await bench.ask())
    expect(outcome.partial).toBe('the budget is used up')
    expect(world.journal).toEqual([])
    expect(bench.budget.settled).toEqual([])
  })

  test('usage far above the estimate stops the next call', async () => {
    world.play((_, index) => ({
      kind: 'answer',
      content: [call('search_code', { pattern: `w${index}` })],
      stop: 'tool_use',
      usageFactor: 60,
    }))
    const bench = createBench(world, 1)
    const outcome = answered(await bench.ask())
    expect(outcome.partial).toBe('the budget is used up')
    expect(world.journal.length).toBeLessThan(4)
  })

  test('an abort ends the wait for the model and settles what was read', async () => {
    world.play([{ kind: 'stall', pings: 50 }])
    const controller = new AbortController()
    const bench = createBench(world)
    const pending = bench.ask({ signal: controller.signal })
    setTimeout(() => controller.abort(new Error('superseded')), 60)
    await expect(pending).rejects.toThrow('superseded')
    expect(bench.budget.settled).toHaveLength(1)
    expect(bench.budget.settled[0]?.usd).toBeGreaterThan(0)
  })
})

describe('a service in trouble', () => {
  test.each<[string, Turn]>([
    ['overload', status(529, 'overloaded_error')],
    ['an internal error', status(500, 'api_error')],
    ['a gateway timeout', status(504, 'timeout_error')],
    ['a truncated stream', { kind: 'truncated', content: [{ type: 'text', text: 'The' }] }],
    ['a broken connection', { kind: 'reset' }],
    ['silence in the middle', { kind: 'stall' }],
    ['silence from the start', { kind: 'hang' }],
    [
      'an error event in the stream',
      { kind: 'error-event', type: 'overloaded_error', message: 'x' },
    ],
    ['a sign-in page of a proxy', { kind: 'html' }],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:9/v1/messages' }],
    ['tool input that is not JSON', calling({ ...call('list_files', {}), json: '{"under": nope' })],
    [
      'tool input that was cut',
      calling({ ...call('read_file', {}), json: '{"path": "src/pay.ts"' }),
    ],
  ])('after %s the turn is asked again, and nothing of it is used', async (_, fault) => {
    world.play([fault, finishing()])
    const bench = createBench(world)
    const outcome = answered(await bench.ask())
    expect(outcome.partial).toBeNull()
    expect(world.journal).toHaveLength(2)
    expect(bench.waits).toHaveLength(1)
    expect(bench.budget.settled).toHaveLength(2)
  })

  test('waits grow, and after four attempts the job is told', async () => {
    world.play(() => status(529, 'overloaded_error'))
    const bench = createBench(world)
    const outcome = await bench.ask()
    expect(outcome).toMatchObject({ kind: 'unavailable', failure: 'transient' })
    expect(bench.waits).toEqual([1_500, 2_500, 4_500])
    expect(world.journal).toHaveLength(4)
  })

  test('a short wait that the service asks for is kept', async () => {
    world.play([status(429, 'rate_limit_error', 'slow', { 'retry-after': '3' }), finishing()])
    const bench = createBench(world)
    await bench.ask()
    expect(bench.waits).toEqual([3_000])
  })

  test.each([120, 86_400])('a wait of %i seconds is left to the job', async (seconds) => {
    world.play([status(429, 'rate_limit_error', 'slow', { 'retry-after': String(seconds) })])
    const bench = createBench(world)
    expect(await bench.ask()).toMatchObject({
      kind: 'unavailable',
      failure: 'transient',
      retryAfterMs: seconds * 1_000,
    })
    expect(bench.waits).toEqual([])
  })

  test.each<[string, Turn]>([
    ['a wrong key', status(401, 'authentication_error')],
    ['an unpaid bill', status(402, 'billing_error')],
    ['a missing permission', status(403, 'permission_error')],
    ['a retired model', status(404, 'not_found_error', 'model: claude-old')],
    ['a spend limit', status(400, 'invalid_request_error', 'You have reached your spend limit')],
  ])('%s is an account failure and is not tried again', async (_, fault) => {
    world.play([fault])
    const bench = createBench(world)
    expect(await bench.ask()).toMatchObject({ kind: 'unavailable', failure: 'account' })
    expect(world.journal).toHaveLength(1)
    expect(bench.waits).toEqual([])
  })

  test('a request that the service calls invalid ends this review only', async () => {
    world.play([status(400, 'invalid_request_error', 'tools.0: bad schema')])
    const outcome = answered(await createBench(world).ask())
    expect(outcome.partial).toContain('refused the request')
    expect(outcome.coverage.get('src/pay.ts')?.coverage).toBe('failed')
  })
})

function never(): never {
  throw new Error('the request is not in the journal')
}

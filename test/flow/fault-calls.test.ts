import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { calling, status, stopping, type Turn } from '../world/model/turns.ts'
import { contentsOf, createBench } from './review-bench.ts'

/** No fault makes one attempt of a review ask more often than this. */
const MOST_CALLS = 6

let world: ModelWorld
beforeAll(async () => {
  world = await createModelWorld()
})
afterAll(() => world.close())

const text = { type: 'text' as const, text: 'I looked at it.' }
const FAULTS: readonly (readonly [string, Turn])[] = [
  ['a wrong key', status(401, 'authentication_error')],
  ['an unpaid bill', status(402, 'billing_error')],
  ['a key without permission', status(403, 'permission_error')],
  ['a retired model', status(404, 'not_found_error')],
  ['a spend limit', status(400, 'invalid_request_error', 'Your credit balance is too low')],
  ['an invalid request', status(400, 'invalid_request_error', 'tools.0: no such field')],
  ['a prompt that is too long', status(413, 'request_too_large')],
  ['a rate limit', status(429, 'rate_limit_error')],
  ['an error of the service', status(500, 'api_error')],
  ['an overload', status(529, 'overloaded_error')],
  ['an overload within the stream', { kind: 'error-event', type: 'overloaded_error' } as Turn],
  ['a stream that is cut', { kind: 'truncated', content: [text] }],
  ['a connection that breaks', { kind: 'reset' }],
  ['a web page', { kind: 'html' }],
  ['an answer that never ends', stopping('max_tokens', text)],
  ['a refusal', stopping('refusal', text)],
  ['a pause without end', stopping('pause_turn', text)],
  ['an end without a result', stopping('end_turn', text)],
  ['an empty end', stopping('end_turn')],
  ['a full context', stopping('model_context_window_exceeded')],
  ['a reason that nobody knows', stopping('tired')],
  ['tools without a name', calling()],
]

/** A change that is reviewed in several conversations at once. */
function largeChange(): { files: readonly FileDiff[]; texts: Record<string, string> } {
  const lines = Array.from({ length: 400 }, (_, n) => `+  await api.orders.create({ id: ${n} })`)
  const files = Array.from({ length: 12 }, (_, n): FileDiff => {
    const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: lines.length, lines }
    const path = `src/client${n}.ts`
    return { path, previousPath: null, change: 'added', content: 'text', hunks: [hunk] }
  })
  const body = lines.map((line) => line.slice(1)).join('\n')
  return { files, texts: Object.fromEntries(files.map(({ path }) => [path, body])) }
}

const { files, texts } = largeChange()
const selection = files.map(({ path }) => ({
  ...{ path, decision: 'selected' as const, score: 0.9, reasons: [], providers: [] },
}))

test.each(FAULTS)('%s costs no more than six calls', async (_, turn) => {
  world.play(() => turn)
  const before = world.journal.length
  await createBench(world).ask()
  expect(world.journal.length - before).toBeLessThanOrEqual(MOST_CALLS)
})

test.each(FAULTS)('nor does %s where several conversations meet it', async (_, turn) => {
  world.play(() => turn)
  const before = world.journal.length
  const contents = contentsOf(texts, {})
  await createBench(world).ask({ files, selection }, { contents })
  expect(world.journal.length - before).toBeLessThanOrEqual(MOST_CALLS)
})

test('a different fault at each call costs no more', async () => {
  const stops = ['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded', 'end_turn']
  world.play((_, index) => stopping(stops[index % stops.length] ?? '', text))
  const before = world.journal.length
  await createBench(world).ask()
  expect(world.journal.length - before).toBeLessThanOrEqual(MOST_CALLS)
})

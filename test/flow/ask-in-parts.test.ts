import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anchorOf } from '#core/agent/anchors'
import type { FileDiff } from '#core/diff/diff'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { holding, textOf } from '../world/model/scripted-reviewer.ts'
import {
  call,
  calling,
  finishing,
  type SeenRequest,
  status,
  type Turn,
} from '../world/model/turns.ts'
import { answered, contentsOf, createBench } from './review-bench.ts'

/** Six files of which each is about as large as one part may be. */
const PATHS = Array.from({ length: 6 }, (_, n) => `src/client${n}.ts`)
const LINES = Array.from(
  { length: 60 },
  (_, n) => `await api.orders.create({ id: ${n}, total: 1 })`,
)
const FILES = PATHS.map((path): FileDiff => {
  const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: LINES.length }
  const lines = LINES.map((line) => `+${line}`)
  return { path, previousPath: null, change: 'added', content: 'text', hunks: [{ ...hunk, lines }] }
})
const SELECTION = PATHS.map((path) => {
  const decided = { decision: 'selected' as const, score: 0.9 }
  return { path, ...decided, reasons: [], providers: ['stripe'] }
})
const CHANGE = {
  files: FILES,
  selection: SELECTION,
  limits: { partTokens: 3_000, diffTokens: 40_000 },
}
const contents = contentsOf(Object.fromEntries(PATHS.map((path) => [path, LINES.join('\n')])), {})

let world: ModelWorld
beforeEach(async () => {
  world = await createModelWorld()
})
afterEach(async () => {
  await world.close()
})

/** The files whose diffs a request shows. */
function shownIn(request: SeenRequest): readonly string[] {
  return [...textOf(request, 0).matchAll(/is="diff of (src\/\w+\.ts)"/g)].map(
    ([, path]) => path ?? '',
  )
}

/** Reports the first line of each file that is shown, and finishes. */
function reportEach(request: SeenRequest): Turn {
  if (request.tools.includes('judge_findings')) return holding(request)
  const anchor = anchorOf('RIGHT', 1, LINES[0] ?? '')
  const finding = { class: 'idempotency', impact: 'severe', likelihood: 'expected', anchor }
  const words = {
    title: 'An order is created twice',
    scenario: 'The answer is lost.',
    fix: 'A key.',
  }
  return calling(
    ...shownIn(request).map((path) =>
      call('report_finding', { ...finding, ...words, path, evidence: [{ path, anchor }] }),
    ),
    call('finish_review', { summary: 'Orders.', risk: 'medium', complexity: 'low' }),
  )
}

describe('a change that is too large for one conversation', () => {
  test('is reviewed in parts at the same time, each file in one of them, and put together', async () => {
    world.play((request) =>
      shownIn(request).length === 0 && !request.tools.includes('judge_findings')
        ? finishing('The whole.', 'high')
        : reportEach(request),
    )
    const outcome = answered(await createBench(world).ask(CHANGE, { contents }))
    expect(world.violations).toEqual([])
    expect(outcome.claims.map(({ path }) => path).toSorted()).toEqual(PATHS)
    expect(outcome.partial).toBeNull()
    expect([...outcome.coverage.values()].every(({ coverage }) => coverage === 'reviewed')).toBe(
      true,
    )
    expect(outcome.closing).toMatchObject({ summary: 'The whole.', risk: 'high' })
    const firsts = world.journal.flatMap(({ request }) =>
      request === null || request.tools.includes('judge_findings') ? [] : [shownIn(request)],
    )
    expect(firsts.flat().toSorted()).toEqual(PATHS)
    expect(firsts.filter((paths) => paths.length > 0).length).toBeGreaterThan(2)
    expect(world.mostAtOnce()).toBeLessThanOrEqual(4)
  })

  test('warms the common prefix once before the other parts read it', async () => {
    world.play(reportEach)
    await createBench(world).ask(CHANGE, { contents })
    const parts = world.journal.filter(
      ({ request }) => request !== null && shownIn(request).length > 0,
    )
    const [first, ...others] = parts.map(({ counted }) => counted?.cache_read_input_tokens ?? 0)
    expect(first).toBe(0)
    expect(others.length).toBeGreaterThan(1)
    expect(Math.min(...others)).toBeGreaterThan(500)
  })

  test('says the graver of what was said when nobody puts the parts together', async () => {
    world.play((request) => {
      if (shownIn(request).includes('src/client0.ts')) {
        return calling(call('finish_review', { summary: 'One.', risk: 'high', complexity: 'low' }))
      }
      if (shownIn(request).length > 0) return finishing('Other.')
      return status(400, 'invalid_request_error', 'no')
    })
    const outcome = answered(await createBench(world).ask(CHANGE, { contents }))
    expect(outcome.closing).toMatchObject({ risk: 'high', complexity: 'low' })
  })

  test('keeps what other parts found when one ends early, and says which files it concerns', async () => {
    world.play((request) => {
      if (!shownIn(request).includes('src/client0.ts')) return reportEach(request)
      return { kind: 'answer', content: [{ type: 'text', text: 'Fine.' }], stop: 'end_turn' }
    })
    const outcome = answered(await createBench(world).ask(CHANGE, { contents }))
    expect(outcome.partial).toBe('the model ended without finishing')
    expect(outcome.coverage.get('src/client0.ts')?.coverage).toBe('failed')
    expect([...outcome.coverage.values()].some(({ coverage }) => coverage === 'reviewed')).toBe(
      true,
    )
    expect(outcome.claims.length).toBeGreaterThan(0)
  })
})

test('the end of a review waits for a finding that came back with an error', async () => {
  const line = LINES[0] ?? ''
  const words = { title: 'T', scenario: 'S', fix: 'F' }
  const finding = { class: 'timeout', impact: 'serious', likelihood: 'possible', ...words }
  const path = 'src/client0.ts'
  const report = (anchor: string) =>
    call('report_finding', { ...finding, path, anchor, evidence: [{ path, anchor }] })
  world.play((request, index) => {
    if (request.tools.includes('judge_findings')) return holding(request)
    const end = call('finish_review', { summary: 'x', risk: 'low', complexity: 'low' })
    return calling(report(index === 0 ? 'R1:000' : anchorOf('RIGHT', 1, line)), end)
  })
  const [only] = FILES
  const outcome = answered(
    await createBench(world).ask(
      { files: only === undefined ? [] : [only], selection: SELECTION.slice(0, 1) },
      { contents },
    ),
  )
  expect(outcome.claims).toHaveLength(1)
  expect(outcome.partial).toBeNull()
})

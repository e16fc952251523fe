import { describe, expect, test } from 'vitest'
import {
  CALL_COLUMNS,
  type CallColumn,
  type CallRow,
  type Cell,
  DELIVERY_STATES,
  HANDLER_COLUMNS,
  type HandlerColumn,
  type HandlerRow,
  type Matrix,
  type Station,
} from '#core/matrix/matrix'
import { budgetWords, deadlineWords, durationWords, extentWords } from '#core/render/budget-words'
import { deliverySequence } from '#core/render/delivery-sequence'
import { markdownMatrix } from '#core/render/markdown-matrix'
import { flipWords, matrixAnswer, matrixSection } from '#core/render/matrix-delta'
import { terminalMatrix } from '#core/render/terminal-matrix'
import { byteLength } from '#core/text/lines'

const place = { path: 'src/pay.ts', line: 12 }
const good: Cell = { state: 'protected', because: 'seen', ...place }
const lacking = (because: string): Cell => ({ state: 'missing', because, ...place })

function call(cells: Partial<Record<CallColumn, Cell>> = {}, more: Partial<CallRow> = {}): CallRow {
  return {
    ...{ id: 'inv-1', integration: 'stripe', name: 'Stripe', symbol: 'pay', ...place },
    what: 'this.stripe.paymentIntents.create',
    within: { startLine: 10, endLine: 20 },
    cells: {
      ...{ timeout: good, retry: good, backoff: good, repeatable: good, 'rate-limit': good },
      ...{ breaker: good, errors: good, partial: good, traced: good, cancelled: good },
      ...cells,
    },
    budget: { attempts: 1, answerMs: 5_000, layers: [] },
    ...more,
  }
}

function handler(
  cells: Partial<Record<HandlerColumn, Cell>> = {},
  more: Partial<HandlerRow> = {},
): HandlerRow {
  return {
    ...{ id: 'inv-2', integration: 'stripe', name: 'Stripe', symbol: 'hook' },
    ...{ path: 'src/hook.ts', line: 8, what: 'POST /webhooks/stripe' },
    within: { startLine: 8, endLine: 30 },
    cells: {
      ...{ 'raw-body': good, signature: good, window: good, dedupe: good, durable: good },
      ...{ 'in-time': good, 'dead-letter': good },
      ...cells,
    },
    states: DELIVERY_STATES.map((name) => station(name)),
    steps: [],
    deadline: { seconds: null, answerMs: 0, verdict: 'unknown', attempts: 1 },
    idempotency: {
      ...{ class: 'atomic-claim', key: 'event.id', scope: 'events', path: 'src/hook.ts', line: 11 },
      lifetime: { heldHours: null, neededHours: 72, verdict: 'covers' },
    },
    ...more,
  }
}

const station = (name: Station['name'], more: Partial<Station> = {}): Station => ({
  ...{ name, state: 'present', because: 'seen', path: 'src/hook.ts', line: 9, misplaced: null },
  ...more,
})

const matrix = (calls: CallRow[], handlers: HandlerRow[] = []): Matrix => ({
  ...{ version: 1, tool: { name: 't', version: '0' } },
  ...{ calls, handlers, unread: { languages: [], files: [] } },
})
const page = { colour: false, width: 80 }

describe('on a terminal', () => {
  test('a call is a line of signs, with reasons below for what is missing', () => {
    const cells = {
      timeout: lacking('axios waits for ever'),
      partial: { state: 'not-needed', because: 'one thing', path: null, line: null },
      traced: { state: 'unknown', because: 'nobody knows', path: null, line: null },
    } as const
    expect(terminalMatrix(matrix([call(cells)]), page)).toBe(
      [
        '1 call: 1 protection missing, 1 unknown',
        '',
        '                      time retry  wait twice  rate  down error parts trace  stop',
        'src/pay.ts',
        '   12 paymentIntent…     ✗     ✓     ✓     ✓     ✓     ✓     ✓     –     ?     ✓',
        '',
        '✓ protected  ✗ missing  – not needed  ? not known',
        '',
        'timeout: missing in 1 of 1',
        '  axios waits for ever: src/pay.ts:12',
        '',
      ].join('\n'),
    )
  })

  test('no line of the grid is wider than 80 columns, whatever a call is called', () => {
    const long = call({}, { what: `x.${'deep'.repeat(40)}`, path: 'src/a.ts' })
    const lines = terminalMatrix(matrix([long]), page).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('a handler is its way, state by state, with what stands in the wrong place', () => {
    const states = DELIVERY_STATES.map((name) => {
      if (name === 'dedupe')
        return station(name, { state: 'missing', because: 'twice', path: null, line: null })
      return name === 'acknowledge' ? station(name, { misplaced: 'too early' }) : station(name)
    })
    const text = terminalMatrix(matrix([], [handler({}, { states })]), page)
    expect(text).toContain('POST /webhooks/stripe  Stripe\n  src/hook.ts:8\n')
    expect(text).toContain('\n  ✗ dedupe       twice\n')
    expect(text).toContain('\n  ! acknowledge  too early src/hook.ts:9\n')
    expect(text).toContain('repeated     claimed in one step, by event.id')
  })

  test('control characters of a path do nothing', () => {
    const control = String.fromCharCode(27)
    const text = terminalMatrix(matrix([call({}, { path: `src/${control}[2J.ts` })]), page)
    expect(text).not.toContain(control)
  })
})

describe('as markdown', () => {
  test('names from the code cannot end a cell, mention anyone or open an element', () => {
    const evil = '@team` | <img src=x> #1'
    const text = markdownMatrix(matrix([call({}, { what: evil })], [handler({}, { what: evil })]))
    const rows = text.split('\n').filter((line) => line.startsWith('|') && line.includes('@team'))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(13)
    expect(text.replaceAll(/`[^`\n]*(?:``?[^`\n]*``?)*[^`\n]*`/g, '')).not.toMatch(/@team|<img/)
  })

  test('ten thousand calls and a thousand handlers stay within what GitHub takes', () => {
    const many = Array.from({ length: 10_000 }, (_, line) =>
      call({ timeout: lacking(`reason ${line}`) }, { line: line + 1 }),
    )
    const text = markdownMatrix(
      matrix(
        many,
        Array.from({ length: 1_000 }, () => handler()),
      ),
    )
    expect(byteLength(text)).toBeLessThan(65_536)
    expect(text).toContain('are in the JSON')
  })
})

describe('what a change does', () => {
  const states = Object.fromEntries(CALL_COLUMNS.map((column) => [column, 'protected'])) as Record<
    CallColumn,
    'protected'
  >
  const lost = { ...call({ timeout: lacking('x') }), before: states }

  test('what is lost is named with its place, and shown as a flip', () => {
    const delta = { calls: [lost], handlers: [] }
    expect(flipWords(delta, (name) => name)).toBe(
      'lost timeout (this.stripe.paymentIntents.create, src/pay.ts:12)',
    )
    expect(matrixSection(delta, { diagrams: true })).toContain('| ✅→❌ | ✅ |')
  })

  test('a new call has no flip, and says that it is new', () => {
    const delta = { calls: [{ ...lost, before: null }], handlers: [] }
    expect(flipWords(delta, (name) => name)).toBe('')
    expect(matrixSection(delta, { diagrams: true })).toContain('(new)')
  })

  test('a handler is drawn only when something of it is wrong, and only where diagrams are wanted', () => {
    const before = Object.fromEntries(
      HANDLER_COLUMNS.map((column) => [column, 'protected']),
    ) as Record<HandlerColumn, 'protected'>
    const wrong = handler(
      {},
      { states: [station('verify', { state: 'missing', because: 'anyone' })] },
    )
    const of = (row: HandlerRow) => ({ calls: [], handlers: [{ ...row, before }] })
    expect(matrixSection(of(wrong), { diagrams: true })).toContain('```mermaid')
    expect(matrixSection(of(wrong), { diagrams: false })).not.toContain('```mermaid')
    expect(matrixSection(of(handler()), { diagrams: true })).not.toContain('```mermaid')
  })

  test('nothing touched is nothing said; who asked gets a line', () => {
    const nothing = { calls: [], handlers: [] }
    expect(matrixSection(nothing, { diagrams: true })).toBe('')
    expect(matrixAnswer(nothing, { diagrams: true, head: 'a'.repeat(40) })).toBe(
      'At `aaaaaaaaaaaa` this pull request touches no call to another system and no webhook handler.',
    )
  })
})

test('a sequence has each file and each side once, with the line where it joins', () => {
  const step = { to: null, path: 'src/hook.ts', line: 9, deferred: false } as const
  const steps = [
    { ...step, does: 'verify' as const },
    { ...step, does: 'enqueue' as const, line: 14 },
    { ...step, does: 'acknowledge' as const, line: 15 },
    {
      ...step,
      does: 'call' as const,
      to: 'HubSpot',
      path: 'src/worker.ts',
      line: 4,
      deferred: true,
    },
  ]
  expect(deliverySequence(handler({}, { steps })).split('\n')).toEqual([
    'sequenceDiagram',
    '  participant p0 as Stripe',
    '  participant p1 as hook.ts line 8',
    '  participant p2 as queue, from hook.ts line 14',
    '  participant p3 as worker.ts line 4',
    '  participant p4 as HubSpot, from line 4',
    '  p0->>p1: deliver',
    '  p1->>p1: check the sender, line 9',
    '  p1->>p2: hand over, line 14',
    '  p1-->>p0: answer, line 15',
    '  p3->>p4: call, line 4, later',
  ])
})

describe('worst cases in words', () => {
  test.each([
    [3, '3'],
    [{ least: 2, most: 6 }, '2 to 6'],
    [{ least: 2, most: null }, 'at least 2'],
    [{ least: 0, most: null }, 'not known'],
    ['endless' as const, 'without end'],
  ])('%j is %s', (extent, words) => {
    expect(extentWords(extent, String)).toBe(words)
  })
  test.each([
    [450, '450 ms'],
    [1_500, '1.5 s'],
    [90_000, '90 s'],
    [180_000, '3 min'],
    [7_200_000, '2 h'],
  ])('%i ms is %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words)
  })
  test('attempts are told when more than one layer repeats', () => {
    const layer = { name: 'the SDK', kind: 'call', retries: 2, timeoutMs: 1_000 } as const
    const wrapper = {
      name: 'the retry around it',
      kind: 'wrapper',
      retries: 3,
      timeoutMs: null,
    } as const
    expect(budgetWords({ attempts: 12, answerMs: 12_000, layers: [layer, wrapper] })).toBe(
      'attempts: 12 (the SDK 3 × the retry around it 4), 12 s',
    )
    expect(budgetWords({ attempts: 3, answerMs: 3_000, layers: [layer] })).toBe('')
  })
  test('a deadline is told when it may not be kept', () => {
    expect(deadlineWords({ seconds: 3, answerMs: 5_000, verdict: 'exceeds', attempts: 1 })).toBe(
      'the calls before the answer take 5 s; the sender waits 3 s',
    )
    expect(deadlineWords({ seconds: 3, answerMs: 1_000, verdict: 'within', attempts: 1 })).toBe('')
  })
})

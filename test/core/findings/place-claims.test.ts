import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canComment, commentableLines } from '#core/diff/line-sets'
import type { Claim } from '#core/findings/finding'
import { placeClaims } from '#core/findings/place-claims'
import { DEFAULT_SETTINGS, Settings } from '#core/settings/settings'
import { changedFile, claim } from '../../support/builders.ts'

const file = changedFile(
  'src/a.ts',
  '@@ -1,3 +1,4 @@\n a\n-b\n+c\n+d\n e\n@@ -20,2 +21,2 @@\n-x\n+y\n z',
)
const place = (one: Partial<Claim>, settings: Settings = DEFAULT_SETTINGS) =>
  placeClaims([claim(one)], [file], settings)[0]
const evidenceAt = (line: number) => [
  { path: 'src/a.ts', side: 'RIGHT' as const, line, text: 'x', redacted: false },
]

test('a claim inside the diff stays on its lines', () => {
  expect(place({ startLine: 2, line: 3 })).toMatchObject({
    placement: 'line',
    startLine: 2,
    line: 3,
  })
})

test('a range that starts before its hunk is cut to the hunk', () => {
  expect(place({ startLine: 10, line: 22 })).toMatchObject({
    placement: 'line',
    startLine: 21,
    line: 22,
  })
})

test('a range that ends after its hunk keeps the part inside', () => {
  expect(place({ startLine: 3, line: 12, evidence: evidenceAt(12) })).toMatchObject({
    placement: 'line',
    startLine: 3,
    line: 4,
  })
})

test('a claim outside the diff moves to its first evidence inside', () => {
  expect(place({ startLine: 50, line: 50, evidence: evidenceAt(22) })).toMatchObject({
    placement: 'line',
    line: 22,
  })
})

test('a claim with nothing inside the diff is said on its file', () => {
  expect(place({ startLine: 50, line: 50, evidence: evidenceAt(50) })).toMatchObject({
    placement: 'file',
    line: 50,
  })
})

test('a removed line can be commented on at the base only', () => {
  expect(place({ side: 'LEFT', startLine: 2, line: 2 })).toMatchObject({
    placement: 'line',
    side: 'LEFT',
    line: 2,
  })
})

test('a claim about a file that did not change is said in the summary', () => {
  expect(place({ path: 'src/other.ts' })).toMatchObject({ placement: 'summary' })
})

test('a severity below inline_from is said in the summary', () => {
  expect(place({ severity: 'low' })).toMatchObject({ placement: 'summary' })
})

test('settings grade a class and switch a rule off', () => {
  expect(place({}, Settings.parse({ rules: { idempotency: 'low' } }))).toMatchObject({
    severity: 'low',
  })
  expect(place({}, Settings.parse({ rules: { 'payment-without-key': 'off' } }))).toBeUndefined()
})

test('the setting of a rule is stronger than that of its class', () => {
  const settings = Settings.parse({
    rules: { idempotency: 'off', 'payment-without-key': 'critical' },
  })
  expect(place({}, settings)).toMatchObject({ severity: 'critical' })
})

test('beyond the limit of comments findings move to the summary and none is lost', () => {
  const settings = Settings.parse({ review: { max_comments: 2 } })
  const many = [1, 2, 3, 4].map((line) => claim({ line, startLine: line }))
  expect(placeClaims(many, [file], settings).map((f) => f.placement)).toEqual([
    'line',
    'line',
    'summary',
    'summary',
  ])
})

test('every finding placed on a line can carry a comment there, wherever it was claimed', () => {
  const line = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(
      line,
      line,
      line,
      fc.constantFrom('LEFT' as const, 'RIGHT' as const),
      (a, b, e, side) => {
        const one = {
          startLine: Math.min(a, b),
          line: Math.max(a, b),
          side,
          evidence: evidenceAt(e),
        }
        const placed = place(one)
        expect(placed).toBeDefined()
        if (placed?.placement !== 'line') return
        expect(canComment(commentableLines(file, side), placed.startLine, placed.line)).toBe(true)
      },
    ),
  )
})

test('a suggestion stays only with the very lines that it replaces', () => {
  const suggestion = 'better()'
  expect(place({ startLine: 22, line: 22, suggestion })).toMatchObject({ line: 22, suggestion })
  expect(place({ startLine: 50, line: 50, suggestion, evidence: evidenceAt(22) })).toMatchObject({
    ...{ line: 22, suggestion: null },
  })
})

test('the places for comments go to the gravest after the settings have graded', () => {
  const settings = Settings.parse({
    review: { max_comments: 1 },
    rules: { timeout: 'critical' },
  })
  const claims = [
    claim({ line: 1, startLine: 1 }),
    claim({ line: 2, startLine: 2, class: 'timeout' }),
  ]
  const placed = placeClaims(claims, [file], settings)
  expect(placed.map((f) => [f.class, f.placement])).toEqual([
    ['timeout', 'line'],
    ['idempotency', 'summary'],
  ])
})

test('comments on whole files count as comments', () => {
  const settings = Settings.parse({ review: { max_comments: 2 } })
  const far = [50, 51, 52, 53].map((line) =>
    claim({ line, startLine: line, evidence: evidenceAt(line) }),
  )
  expect(placeClaims(far, [file], settings).map((f) => f.placement)).toEqual([
    ...['file', 'file', 'summary', 'summary'],
  ])
})

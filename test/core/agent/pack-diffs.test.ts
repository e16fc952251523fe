import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anchorOf } from '#core/agent/anchors'
import { estimateTokens } from '#core/agent/estimate-tokens'
import { packDiffs } from '#core/agent/pack-diffs'
import type { FileDiff, Hunk } from '#core/diff/diff'
import type { FileDecision } from '#core/filter/selection'
import type { Claim } from '#core/findings/finding'
import { redact } from '#core/text/redact'
import { claim } from '../../support/builders.ts'

interface Part {
  readonly path: string
  /** The sizes of its hunks, in added lines. */
  readonly hunks: readonly number[]
  readonly score?: number
  readonly reasonLine?: number
}

/** A file of added lines; hunks stand 10,000 lines apart. */
function fileOf({ path, hunks }: Part): FileDiff {
  const made = hunks.map((size, at): Hunk => {
    const newStart = at * 10_000 + 1
    const lines = Array.from({ length: size }, (_, n) => `+const value${newStart + n} = call()`)
    return { oldStart: newStart, oldLines: 0, newStart, newLines: size, lines }
  })
  return { path, previousPath: null, change: 'modified', content: 'text', hunks: made }
}

function decisionOf({ path, score = 0.8, reasonLine }: Part): FileDecision {
  const reasons =
    reasonLine === undefined ? [] : [{ signal: 'host', detail: 'api.stripe.com', line: reasonLine }]
  return { path, decision: 'selected', score, reasons, providers: [] }
}

function pack(parts: readonly Part[], diffTokens: number, evidence: readonly Claim[] = []) {
  return packDiffs({
    files: parts.map(fileOf),
    selection: parts.map(decisionOf),
    bundles: [],
    evidence,
    redact: (text) => redact(text).text,
    diffTokens,
  })
}

type Packed = ReturnType<typeof pack>

/** Every line that is shown of a file. */
function linesOf({ shown }: Packed, path: string): ReadonlySet<string> {
  const text = shown.find((file) => file.path === path)?.text ?? ''
  return new Set(text.split('\n').filter((line) => line.startsWith('R')))
}

const sizes = (parts: readonly Part[]) =>
  parts.map(({ hunks }) => hunks.reduce((sum, size) => sum + size, 0))

describe('one huge file', () => {
  const huge = { path: 'aaa/huge.ts', hunks: Array(50).fill(200), score: 1 }
  const small = Array.from({ length: 6 }, (_, n) => ({ path: `src/f${n}.ts`, hunks: [10, 10] }))

  test('evicts no other one, whatever its weight, and takes what is left', () => {
    const evidence = [claim({ path: huge.path, severity: 'critical', line: 1 })]
    const packed = pack([huge, ...small], 12_000, evidence)
    const whole = packed.shown.filter(({ cut }) => cut === null).map(({ path }) => path)
    expect(whole.toSorted()).toEqual(small.map(({ path }) => path))
    expect(packed.leftOut).toEqual([])
    expect(linesOf(packed, huge.path).size).toBeGreaterThan(300)
  })

  test('shows first what rules and filter pointed at', () => {
    const pointed = { ...huge, reasonLine: 400_150 }
    const evidence = [claim({ path: huge.path, startLine: 200_101, line: 200_103 })]
    const text = pack([pointed], 3_000, evidence).shown[0]?.text ?? ''
    expect(text).toContain(anchorOf('RIGHT', 400_150, 'const value400150 = call()'))
    expect(text).toContain(anchorOf('RIGHT', 200_103, 'const value200103 = call()'))
    expect(text.indexOf('R200103')).toBeLessThan(text.indexOf('R400150'))
  })

  test('is named in what was left out when nothing of it fits', () => {
    expect(pack([huge], 100).leftOut).toEqual([
      { path: huge.path, because: 'none of the 10000 lines of its diff fitted into the budget' },
    ])
  })
})

test('what weighs more gets more where not all fits', () => {
  const parts = ['src/a.ts', 'src/b.ts'].map((path) => ({ path, hunks: Array(40).fill(60) }))
  const packed = pack(parts, 20_000, [claim({ path: 'src/b.ts', severity: 'critical', line: 1 })])
  const [a, b] = parts.map(({ path }) => linesOf(packed, path).size)
  expect(b).toBeGreaterThan((a ?? 0) * 2)
  expect(a).toBeGreaterThan(0)
})

test('a key that is longer than a piece stays masked where the hunk is cut', () => {
  const key = Array.from({ length: 300 }, () => '+MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB')
  const lines = ['+-----BEGIN PRIVATE KEY-----', ...key.slice(0, 150), '+-----END PRIVATE KEY-----']
  const hunk = { oldStart: 1, oldLines: 0, newStart: 1, newLines: lines.length, lines }
  const packed = packDiffs({
    files: [{ ...fileOf({ path: 'src/a.ts', hunks: [] }), hunks: [hunk] }],
    selection: [decisionOf({ path: 'src/a.ts', hunks: [] })],
    bundles: [],
    evidence: [],
    redact: (text) => redact(text).text,
    diffTokens: 2_500,
  })
  expect(packed.shown[0]?.part).toMatch(/^\d+ of 152 lines$/)
  expect(packed.shown[0]?.text).not.toContain('MIIEvQ')
})

test('a part of a hunk keeps the numbers that its lines have', () => {
  const lines = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? ` same ${n}` : `-gone ${n}`))
  const hunk = { oldStart: 11, oldLines: 400, newStart: 21, newLines: 200, lines }
  const packed = packDiffs({
    files: [{ ...fileOf({ path: 'src/a.ts', hunks: [] }), hunks: [hunk] }],
    selection: [
      {
        ...decisionOf({ path: 'src/a.ts', hunks: [] }),
        reasons: [{ signal: 'x', detail: '', line: 200 }],
      },
    ],
    bundles: [],
    evidence: [],
    redact: (text) => text,
    diffTokens: 1_000,
  })
  const [, header, first] = packed.shown[0]?.text.split('\n') ?? []
  const [, oldStart, newStart] = /^@@ -(\d+),\d+ \+(\d+),\d+ @@$/.exec(header ?? '') ?? []
  // Line 21 of the head is line 11 of the base; from there the base has two lines for each one.
  expect(Number(oldStart)).toBe(11 + (Number(newStart) - 21) * 2)
  expect(first).toMatch(new RegExp(`^(?:R${newStart}|L${oldStart}):`))
})

const PART = fc.record({
  hunks: fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 6 }),
  score: fc.double({ min: 0.5, max: 1, noNaN: true }),
})
const PARTS = fc
  .array(PART, { minLength: 1, maxLength: 12 })
  .map((parts) => parts.map((part, at) => ({ ...part, path: `src/f${at}.ts` })))
const BUDGET = fc.integer({ min: 0, max: 40_000 })

describe('whatever a change looks like', () => {
  test('the budget is never exceeded, and every file is shown or named', () => {
    fc.assert(
      fc.property(PARTS, BUDGET, (parts, budget) => {
        const { shown, leftOut } = pack(parts, budget)
        const tokens = shown.reduce((sum, { text }) => sum + estimateTokens(text), 0)
        expect(tokens).toBeLessThanOrEqual(budget)
        const named = [...shown, ...leftOut].map(({ path }) => path)
        expect(named.toSorted()).toEqual(parts.map(({ path }) => path).toSorted())
      }),
      { numRuns: 30 },
    )
  })

  test('a diff that is smaller than its share is shown whole', () => {
    fc.assert(
      fc.property(PARTS, BUDGET, (parts, budget) => {
        const { shown } = pack(parts, budget)
        const cut = new Set(shown.filter((file) => file.cut !== null).map(({ path }) => path))
        const weights = parts.reduce((sum, { score }) => sum + score, 0)
        for (const [at, part] of parts.entries()) {
          // A line is 35 bytes at most and its anchor 16: 25 tokens. A piece adds a header.
          const needed = (sizes(parts)[at] ?? 0) * 25 + part.hunks.length * 200 + 100
          if (needed > (budget * part.score) / weights) continue
          expect(cut.has(part.path)).toBe(false)
          expect(shown.map(({ path }) => path)).toContain(part.path)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('names decide nothing: spelled otherwise, the same lines are shown', () => {
    fc.assert(
      fc.property(PARTS, BUDGET, (parts, budget) => {
        const renamed = parts.map((part, at) => ({ ...part, path: `${'zyxwvutsrqpo'[at]}/g.ts` }))
        const [one, other] = [pack(parts, budget), pack(renamed, budget)]
        for (const [at, { path }] of parts.entries()) {
          expect(linesOf(other, renamed[at]?.path ?? '')).toEqual(linesOf(one, path))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('without one file, or with a larger budget, no other loses a line', () => {
    fc.assert(
      fc.property(PARTS, BUDGET, fc.nat(11), fc.nat(5_000), (parts, budget, at, more) => {
        const before = pack(parts, budget)
        const fewer = parts.filter((_, index) => index !== at % parts.length)
        for (const after of [pack(fewer, budget), pack(parts, budget + more)]) {
          const now = new Map(fewer.map(({ path }) => [path, linesOf(after, path)]))
          for (const [path, lines] of now) {
            expect([...linesOf(before, path)].filter((line) => !lines.has(line))).toEqual([])
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

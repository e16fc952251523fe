import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitParts } from '#core/agent/split-parts'
import type { FileDiff } from '#core/diff/diff'
import type { Bundle } from '#core/filter/bundles'

function fileOf(path: string, lines: number): FileDiff {
  const added = Array.from({ length: lines }, (_, n) => `+const value${n} = call()`)
  const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: lines, lines: added }
  return { path, previousPath: null, change: 'added', content: 'text', hunks: [hunk] }
}

function split(sizes: readonly number[], bundles: readonly Bundle[] = []) {
  const files = sizes.map((lines, n) => fileOf(`src/f${n}.ts`, lines))
  const selection = files.map(({ path }) => {
    const decided = { decision: 'selected' as const, score: 0.8 }
    return { path, ...decided, reasons: [], providers: [] }
  })
  return splitParts({ files, selection, bundles, partTokens: 5_000, diffTokens: 20_000 })
}

test('a change of ordinary size is one part with the whole budget', () => {
  expect(split([20, 30, 5])).toEqual([
    { paths: ['src/f0.ts', 'src/f1.ts', 'src/f2.ts'], diffTokens: 20_000 },
  ])
})

test('a change without a selected file is one part without files', () => {
  expect(split([])).toEqual([{ paths: [], diffTokens: 20_000 }])
})

test('files that belong together are in one part', () => {
  const names = ['src/f1.ts', 'src/f3.ts', 'src/f5.ts']
  const files = names.map((path) => ({ path, role: 'client' as const }))
  const parts = split(Array(6).fill(200), [{ name: 'stripe', provider: 'stripe', files }])
  expect(parts.length).toBeGreaterThan(1)
  const holders = parts.filter(({ paths }) => paths.some((path) => names.includes(path)))
  expect(holders).toHaveLength(1)
  expect(holders[0]?.paths).toEqual(expect.arrayContaining(names))
})

test('whatever a change looks like, every file is in exactly one part, and the budget holds', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(sizes, (lines) => {
      const parts = split(lines)
      const paths = parts.flatMap((part) => part.paths)
      expect(paths.toSorted()).toEqual(lines.map((_, n) => `src/f${n}.ts`).toSorted())
      expect(parts.length).toBeLessThanOrEqual(4)
      expect(parts.reduce((sum, part) => sum + part.diffTokens, 0)).toBeLessThanOrEqual(20_000)
      expect(split(lines)).toEqual(parts)
    }),
    { numRuns: 60 },
  )
})

import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Signal } from '#core/filter/hit'
import type { FileDecision } from '#core/filter/selection'
import type { JudgedFile, Label } from '../../eval/filter/judged-file.ts'
import { findMirror } from '../../eval/filter/mirrors.ts'
import { rowsByCommit } from '../../eval/filter/public-rows.ts'
import {
  keepsPromise,
  scoreOf,
  scoresByLanguage,
  signalWorths,
  worstMisses,
} from '../../eval/filter/score.ts'

function decisionOf(score: number): FileDecision {
  const decision = score >= 0.5 ? 'selected' : 'skipped'
  return { path: 'a', decision, score, reasons: [], providers: [] }
}

interface Circumstances {
  readonly language?: string
  /** The scores without some signals. */
  readonly without?: readonly (readonly [Signal, number])[]
}

function judged(
  label: Label,
  score: number,
  { language = 'go', without = [] }: Circumstances = {},
): JudgedFile {
  return {
    place: `${label} ${score}`,
    language,
    label,
    because: '',
    decision: decisionOf(score),
    without: new Map(without.map(([signal, rest]) => [signal, decisionOf(rest)])),
  }
}

const FILES = [
  judged('yes', 0.9, {
    without: [
      ['host', 0.4],
      ['path', 0.8],
    ],
  }),
  judged('yes', 0.6, { language: 'rust', without: [['host', 0.6]] }),
  judged('yes', 0.7),
  judged('yes', 0.2, { without: [['path', 0]] }),
  judged('no', 0.8, { without: [['host', 0.1]] }),
  judged('no', 0.1),
  judged('borderline', 0.9, { without: [['host', 0.1]] }),
  judged('borderline', 0),
]

test('precision and recall leave borderline rows out', () => {
  expect(scoreOf(FILES)).toEqual({
    rows: 8,
    yes: 4,
    no: 2,
    borderline: 2,
    right: 3,
    wrong: 1,
    precision: 0.75,
    recall: 0.75,
  })
})

test('a ratio of nothing is unknown, not zero', () => {
  expect(scoreOf([judged('no', 0.1)])).toMatchObject({ precision: null, recall: null })
})

test('languages are scored apart, the one with the most rows first', () => {
  const scores = scoresByLanguage(FILES)
  expect([...scores.keys()]).toEqual(['go', 'rust'])
  expect(scores.get('go')).toMatchObject({ rows: 7, right: 2, wrong: 1, recall: 2 / 3 })
  expect(scores.get('rust')).toMatchObject({ rows: 1, right: 1, wrong: 0, recall: 1, precision: 1 })
})

test('a signal is worth the selections it raised, and what is left without it', () => {
  // Without host the first yes and the only wrong file fall below the threshold: 2 of 4, 2 of 2.
  expect(signalWorths(FILES)).toEqual([
    { signal: 'host', right: 2, wrong: 1, precisionWithout: 1, recallWithout: 0.5 },
    { signal: 'path', right: 1, wrong: 0, precisionWithout: 0.75, recallWithout: 0.75 },
  ])
})

test('misses come worst first, and no more than asked for', () => {
  const more = [...FILES, judged('no', 0.95), judged('yes', 0)]
  const { wrong, missed } = worstMisses(more, 1)
  expect(wrong.map(({ decision }) => decision.score)).toEqual([0.95])
  expect(missed.map(({ decision }) => decision.score)).toEqual([0])
  expect(worstMisses(more, 0)).toEqual({ wrong: [], missed: [] })
})

test('the promise is kept from 0.95 recall and 0.85 precision on', () => {
  const score = { ...scoreOf(FILES), recall: 0.95, precision: 0.85 }
  expect(keepsPromise(score)).toBe(true)
  expect(keepsPromise({ ...score, recall: 0.949 })).toBe(false)
  expect(keepsPromise({ ...score, precision: 0.849 })).toBe(false)
})

test('rows of one commit are judged together', () => {
  const row = { path: 'a', lang: 'go', label: 'no', reason: '' } as const
  const [one, other] = ['1', '2'].map((digit) => digit.repeat(40))
  const rows = [
    { ...row, repo: 'o/a', sha: one ?? '' },
    { ...row, repo: 'o/a', sha: other ?? '' },
    { ...row, repo: 'o/a', sha: one ?? '', path: 'b' },
  ]
  const commits = rowsByCommit(rows)
  expect(commits.map(({ sha }) => sha)).toEqual([one, other])
  expect(commits[0]?.rows.map(({ path }) => path)).toEqual(['a', 'b'])
})

test('a mirror is found bare or not, flat or by owner; one that is absent is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mirrors-'))
  const made = ['o+a/repo/objects', 'o+b/objects', 'o/c/.git'].map((name) => join(folder, name))
  for (const name of made) mkdirSync(name, { recursive: true })
  expect(findMirror(folder, 'o/a')).toBe(join(folder, 'o+a/repo'))
  expect(findMirror(folder, 'o/b')).toBe(join(folder, 'o+b'))
  expect(findMirror(folder, 'o/c')).toBe(join(folder, 'o/c'))
  expect(findMirror(folder, 'o/d')).toBeNull()
})

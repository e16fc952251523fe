import { describe, expect, test } from 'vitest'
import { type Expected, type LabelledCase, readExpected } from '#core/evaluation/case'
import { outcomeOf, scoreCases } from '#core/evaluation/score-cases'
import type { Claim } from '#core/findings/finding'
import { caseMissesText, caseScoresText, setScoresText } from '#core/render/case-scores'

function claim(
  kind: Claim['class'],
  path: string,
  lines: readonly [number, number],
  rule = 'a-rule',
): Claim {
  return {
    rule,
    class: kind,
    severity: 'medium',
    proof: 'proven',
    source: 'rule',
    path,
    side: 'RIGHT',
    startLine: lines[0],
    line: lines[1],
    title: 't',
    body: 'b',
    scenario: 's',
    fix: 'f',
    suggestion: null,
    evidence: [],
    provider: null,
    symbol: null,
  }
}

const defect = (kind: Claim['class'], lines: [number, number]) => ({
  class: kind,
  path: 'a.py',
  lines,
  why: 'it breaks',
})

function labelled(id: string, rest: Partial<Expected>): LabelledCase {
  const expected = { about: id, language: 'python', provider: null, defects: [], also: [], ...rest }
  return { id, expected, base: [], head: [] }
}

describe('a claim finds a defect', () => {
  const one = labelled('one', { defects: [defect('timeout', [5, 8])] })
  const found = (...claims: Claim[]) => outcomeOf(one, claims, []).defects[0]?.claim != null

  test('of its class, in its file, where the lines meet', () => {
    expect(found(claim('timeout', 'a.py', [8, 12]))).toBe(true)
    expect(found(claim('timeout', 'a.py', [1, 5]))).toBe(true)
  })

  test('and no other', () => {
    expect(found(claim('timeout', 'a.py', [9, 12]))).toBe(false)
    expect(found(claim('timeout', 'b.py', [5, 8]))).toBe(false)
    expect(found(claim('tls', 'a.py', [5, 8]))).toBe(false)
  })
})

test('what is true besides is neither asked for nor held against a rule', () => {
  const one = labelled('one', { also: [defect('tls', [3, 3])] })
  const { defects, wrong } = outcomeOf(one, [claim('tls', 'a.py', [3, 3])], [])
  expect(defects).toEqual([])
  expect(wrong).toEqual([])
})

const outcomes = [
  outcomeOf(
    labelled('both', { defects: [defect('timeout', [1, 1]), defect('tls', [2, 2])] }),
    [claim('timeout', 'a.py', [1, 1], 'call-without-timeout')],
    [],
  ),
  outcomeOf(labelled('clean', {}), [], []),
  outcomeOf(labelled('noisy', { language: 'go' }), [claim('tls', 'a.py', [9, 9], 'old-tls')], []),
]

test('precision is of what was said, recall of what was there', () => {
  const { cases, clean, silent, whole, classes, languages, rules } = scoreCases(outcomes)
  expect({ cases, clean, silent }).toEqual({ cases: 3, clean: 2, silent: 1 })
  expect(whole).toMatchObject({ found: 1, missed: 1, wrong: 1, precision: 0.5, recall: 0.5 })
  expect(classes.map(({ name, found, missed, wrong }) => [name, found, missed, wrong])).toEqual([
    ['timeout', 1, 0, 0],
    ['tls', 0, 1, 1],
  ])
  expect(languages.map(({ name, recall }) => [name, recall])).toEqual([
    ['go', null],
    ['python', 0.5],
  ])
  expect(rules.map(({ name, precision }) => [name, precision])).toEqual([
    ['call-without-timeout', 1],
    ['old-tls', 0],
  ])
})

test('the tables and the misses name cases, classes and rules', () => {
  expect(caseScoresText(scoreCases(outcomes))).toMatch(
    /3 cases, 2 of them clean, 1 of these without a finding[\s\S]*old-tls +0 +0 +1 +0\.000/,
  )
  expect(caseMissesText(outcomes).split('\n')).toEqual([
    'missed  both/a.py:2-2 tls: it breaks',
    'wrong   noisy/a.py:9-9 tls (old-tls): noisy',
  ])
})

test('sets stand side by side, and the last line counts all of their cases', () => {
  const [first = [], second = []] = [outcomes.slice(0, 1), outcomes.slice(1)]
  const sets = [first, second].map((own, at) => ({ ...scoreCases(own).whole, name: `set-${at}` }))
  const lines = setScoresText(sets, scoreCases([...first, ...second])).split('\n')
  expect(lines.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual([
    'set-0',
    'set-1',
    'all 3 cases',
  ])
  const counts = (line = '') => line.slice(30, 51).trim().split(/ +/).map(Number)
  const [, one, two, all] = lines.map(counts)
  expect(all).toEqual(one?.map((count, at) => count + (two?.[at] ?? 0)))
})

test('a label that cannot be read is named with its line', () => {
  const text =
    'about: x\nlanguage: go\ndefects:\n  - { class: tls, path: a, lines: [9, 3], why: y }\n'
  const read = readExpected({ path: 'x/expected.yml', text })
  expect(read).toMatchObject({ ok: false, complaints: [{ file: 'x/expected.yml', line: 4 }] })
})

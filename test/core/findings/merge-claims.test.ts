import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeClaims } from '#core/findings/merge-claims'
import { claim } from '../../support/builders.ts'

const judged = (more = {}) => claim({ source: 'agent', rule: null, proof: 'plausible', ...more })

test('where rule and agent say the same, the proven claim speaks with the graver severity', () => {
  const merged = mergeClaims(
    [claim({ severity: 'medium' })],
    [judged({ severity: 'critical', title: 'Other words' })],
  )
  expect(merged.map((c) => [c.proof, c.severity, c.title])).toEqual([
    ['proven', 'critical', 'Charge is created without an idempotency key'],
  ])
})

test('another class on the same line is another claim', () => {
  expect(
    mergeClaims(
      [claim()],
      [judged({ class: 'timeout', title: 'No time limit', scenario: 'The provider is silent.' })],
    ),
  ).toHaveLength(2)
})

test('the same class on other lines is another claim', () => {
  expect(mergeClaims([claim()], [judged({ line: 30, startLine: 30 })])).toHaveLength(2)
})

test('two rules of one class on one line both speak', () => {
  expect(mergeClaims([claim({ rule: 'a' }), claim({ rule: 'b' })], [])).toHaveLength(2)
})

test('overlapping ranges are one place', () => {
  expect(
    mergeClaims([claim({ startLine: 3, line: 8 })], [judged({ startLine: 8, line: 12 })]),
  ).toHaveLength(1)
})

test('the order is by severity, path and line, whoever spoke first', () => {
  const all = [
    claim({ severity: 'low', path: 'a.ts' }),
    claim({ severity: 'critical', path: 'z.ts', line: 9, startLine: 9 }),
    claim({ severity: 'critical', path: 'z.ts', line: 2, startLine: 2 }),
    claim({ severity: 'critical', path: 'b.ts' }),
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
      expect(mergeClaims(shuffled, []).map((c) => `${c.path}:${c.line}`)).toEqual([
        'b.ts:3',
        'z.ts:2',
        'z.ts:9',
        'a.ts:3',
      ])
    }),
  )
})

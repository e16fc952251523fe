import { expect, test } from 'vitest'
import { groupRisks } from '#core/onboarding/group-risks'
import { claim } from '../../support/builders.ts'

test('each kind of defect is told once, at its gravest and best known place', () => {
  const risks = groupRisks([
    claim({
      rule: 'call-without-timeout',
      class: 'timeout',
      severity: 'medium',
      line: 1,
      provider: null,
    }),
    claim({ rule: 'call-without-timeout', class: 'timeout', severity: 'medium', line: 2 }),
    claim({ rule: 'jwt-decoded', class: 'jwt', severity: 'high', proof: 'plausible', line: 8 }),
    claim({ line: 9 }),
  ])
  const told = risks.map(({ finding, others }) => [finding.rule, finding.line, others.length])
  expect(told).toEqual([
    ['payment-without-key', 9, 0],
    ['jwt-decoded', 8, 0],
    ['call-without-timeout', 2, 1],
  ])
})

test('what stands there today is marked as such, and has no place on a diff', () => {
  const [risk] = groupRisks([claim()])
  expect(risk?.finding).toMatchObject({ preExisting: true, placement: 'summary' })
})

test('a low finding is not worth a word to somebody who asked for none', () => {
  expect(groupRisks([claim({ severity: 'low' })])).toEqual([])
})

import { expect, test } from 'vitest'
import { severityWords, verdictOf } from '#core/render/verdict'
import { DEFAULT_SETTINGS, Settings } from '#core/settings/settings'
import { finding, report, reportFile } from '../../support/builders.ts'

const strict = Settings.parse({ review: { fail_check_at: 'high', on_error: 'action_required' } })

test('nothing in scope is a success that says so', () => {
  const files = [reportFile('README.md', { decision: 'skipped', coverage: 'skipped' })]
  expect(verdictOf(report({ files }), DEFAULT_SETTINGS)).toEqual({
    conclusion: 'success',
    title: 'Nothing to review',
  })
})

test('full coverage without findings is a success', () => {
  expect(verdictOf(report(), DEFAULT_SETTINGS)).toEqual({
    conclusion: 'success',
    title: 'Reviewed, no findings',
  })
})

test('findings do not fail the check unless the settings say so', () => {
  const found = report({ findings: [finding({ severity: 'critical' })] })
  expect(verdictOf(found, DEFAULT_SETTINGS)).toEqual({
    conclusion: 'success',
    title: 'Reviewed, 1 finding',
  })
  expect(verdictOf(found, strict).conclusion).toBe('failure')
})

test('a finding below the limit does not fail the check', () => {
  expect(
    verdictOf(report({ findings: [finding({ severity: 'medium' })] }), strict).conclusion,
  ).toBe('success')
})

test('partial coverage is never a success', () => {
  const files = [
    reportFile('a.ts'),
    reportFile('b.ts', { coverage: 'failed', because: 'it could not be read' }),
  ]
  const partial = report({ status: 'partial', because: 'one file could not be read', files })
  expect(verdictOf(partial, DEFAULT_SETTINGS)).toEqual({
    conclusion: 'neutral',
    title: 'Reviewed 1 of 2, no findings',
  })
  expect(verdictOf(partial, strict).conclusion).toBe('action_required')
})

test('a grave finding outranks partial coverage', () => {
  const partial = report({ status: 'partial', findings: [finding({ severity: 'high' })] })
  expect(verdictOf(partial, strict).conclusion).toBe('failure')
})

test('a review that did not happen says so first', () => {
  const none = report({ status: 'not-reviewed', because: 'the model could not be reached' })
  expect(verdictOf(none, DEFAULT_SETTINGS)).toEqual({
    conclusion: 'neutral',
    title: 'Not reviewed: the model could not be reached',
  })
})

test('severities are counted from the gravest', () => {
  const found = ['low', 'critical', 'low'].map((severity) =>
    finding({ severity: severity as 'low' }),
  )
  expect(severityWords(found)).toBe('1 critical, 2 low')
  expect(severityWords([])).toBe('no findings')
})

test('a change in languages that nobody could read is not called reviewed', () => {
  const files = ['a.rb', 'b.rb'].map((path) =>
    reportFile(path, { coverage: 'skipped', because: 'no rules for Ruby' }),
  )
  expect(verdictOf(report({ files }), DEFAULT_SETTINGS)).toEqual({
    conclusion: 'neutral',
    title: 'Not reviewed: no rules for Ruby',
  })
})

test('one file that was read makes the review one, whatever else was skipped', () => {
  const files = [reportFile('a.ts'), reportFile('b.rb', { coverage: 'skipped' })]
  expect(verdictOf(report({ files }), DEFAULT_SETTINGS).conclusion).toBe('success')
})

import { expect, test } from 'vitest'
import { type OthersThread, saidByOthers } from '#core/findings/said-by-others'
import { finding } from '../../support/builders.ts'

const FOUND = finding({ path: 'src/pay.ts', line: 9, startLine: 9, class: 'idempotency' })
const thread = (more: Partial<OthersThread> = {}): OthersThread => ({
  ...{ author: 'ada', path: 'src/pay.ts', side: 'RIGHT', startLine: 8, line: 8 },
  ...{ body: 'Would a retry not charge twice?', ...more },
})

test('the same class of problem within a few lines is said already', () => {
  expect(saidByOthers([FOUND], [thread()])).toEqual([{ finding: FOUND, author: 'ada' }])
})

test.each<[string, Partial<OthersThread>]>([
  ['another subject', { body: 'Please rename this variable.' }],
  ['another file', { path: 'src/mail.ts' }],
  ['the other side of the diff', { side: 'LEFT' }],
  ['lines further away', { startLine: 20, line: 22 }],
])('%s is not', (_, more) => {
  expect(saidByOthers([FOUND], [thread(more)])).toEqual([])
})

test('what is critical, or has no line of its own, is said in any case', () => {
  const critical = finding({ ...FOUND, severity: 'critical' })
  const listed = finding({ ...FOUND, placement: 'summary' })
  expect(saidByOthers([critical, listed], [thread()])).toEqual([])
})

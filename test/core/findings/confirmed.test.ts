import { expect, test } from 'vitest'
import { isConfirmed } from '#core/findings/confirmed'
import type { MatrixDelta, TouchedCall } from '#core/matrix/matrix'
import { CALL_COLUMNS } from '#core/matrix/matrix'
import { claim } from '../../support/builders.ts'

const cell = (state: 'missing' | 'protected') => ({ state, because: '', path: null, line: null })

/** A call of which only the time limit is missing. */
const call: TouchedCall = {
  ...{ id: 'inv-1', integration: 'stripe', name: 'Stripe', path: 'src/pay.ts', line: 12 },
  ...{ symbol: 'pay', what: 'charges.create', within: { startLine: 10, endLine: 20 } },
  cells: Object.fromEntries(
    CALL_COLUMNS.map((column) => [column, cell(column === 'timeout' ? 'missing' : 'protected')]),
  ) as TouchedCall['cells'],
  budget: { attempts: 1, answerMs: null, layers: [] },
  before: null,
}
const matrix: MatrixDelta = { calls: [call], handlers: [] }
const found = claim({ class: 'timeout', path: 'src/pay.ts', startLine: 12, line: 12 })

test('what the matrix misses at the very place is confirmed', () => {
  expect(isConfirmed(found, matrix)).toBe(true)
})

test.each([
  ['of another protection', { ...found, class: 'idempotency' as const }],
  ['in another function', { ...found, startLine: 30, line: 30 }],
  ['in another file', { ...found, path: 'src/refund.ts' }],
  ['of removed lines', { ...found, side: 'LEFT' as const }],
  ['of a class that no column stands for', { ...found, class: 'oauth' as const }],
])('a finding %s is not', (_, other) => {
  expect(isConfirmed(other, matrix)).toBe(false)
})

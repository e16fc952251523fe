import { describe, expect, test } from 'vitest'
import { isSameProblem } from '#core/findings/same-problem'
import { claim } from '../../support/builders.ts'

const first = claim({
  class: 'idempotency',
  path: 'src/pay.ts',
  startLine: 10,
  line: 12,
  title: '`charges.create` is retried without an idempotency key',
  scenario: 'The response is lost, `withRetry` sends the charge again, the customer pays twice.',
})

describe('the same problem', () => {
  test('is one class on overlapping lines, whatever the words', () => {
    expect(
      isSameProblem(first, { ...first, startLine: 12, line: 20, title: 'Double payment' }),
    ).toBe(true)
  })

  test('is a related class with a reworded title on the same lines', () => {
    const other = {
      ...first,
      class: 'event-dedupe' as const,
      title: 'Retried `charges.create` without idempotency key',
    }
    expect(isSameProblem(first, other)).toBe(true)
  })

  test('is the same title a few lines further', () => {
    expect(isSameProblem(first, { ...first, startLine: 14, line: 14 })).toBe(true)
  })
})

describe('another problem', () => {
  test('is a different class at the same call', () => {
    const other = {
      ...first,
      class: 'timeout' as const,
      title: '`charges.create` has no time limit',
      scenario: 'The provider accepts the connection and is silent: the worker waits for ever.',
    }
    expect(isSameProblem(first, other)).toBe(false)
  })

  test('is the same defect of the next call', () => {
    const one = { ...first, class: 'timeout' as const, startLine: 10, line: 10 }
    const next = { ...one, startLine: 12, line: 12 }
    expect(
      isSameProblem(
        { ...one, title: '`charges.create` has no time limit' },
        { ...next, title: '`refunds.create` has no time limit' },
      ),
    ).toBe(false)
  })

  test('is the same words far away, in another file, or on the other side', () => {
    expect(isSameProblem(first, { ...first, startLine: 40, line: 42 })).toBe(false)
    expect(isSameProblem(first, { ...first, path: 'src/refund.ts' })).toBe(false)
    expect(isSameProblem(first, { ...first, side: 'LEFT' })).toBe(false)
  })
})

import type { Claim, FindingClass } from '#core/findings/finding'
import type { CallColumn, HandlerColumn, MatrixDelta } from '#core/matrix/matrix'

/** Which protection is missing when a finding of a class is right. */
const CALL_COLUMNS_OF: Readonly<Partial<Record<FindingClass, readonly CallColumn[]>>> = {
  timeout: ['timeout', 'cancelled'],
  'retry-policy': ['retry', 'backoff'],
  idempotency: ['repeatable'],
  'rate-limit': ['rate-limit'],
  'circuit-breaking': ['breaker'],
  'error-handling': ['errors', 'partial'],
  observability: ['traced'],
}
const HANDLER_COLUMNS_OF: Readonly<Partial<Record<FindingClass, readonly HandlerColumn[]>>> = {
  'webhook-verification': ['signature', 'raw-body'],
  'replay-window': ['window'],
  'event-dedupe': ['dedupe'],
  'webhook-ack': ['durable', 'in-time'],
}

/**
 * Whether the matrix says by itself what an agent's finding says: the very protection is missing at
 * the call or handler that the finding stands in. Such a finding needs no second opinion.
 */
export function isConfirmed(claim: Claim, { calls, handlers }: MatrixDelta): boolean {
  const at = <Row extends { path: string; within: { startLine: number; endLine: number } }>(
    rows: readonly Row[],
  ) =>
    rows.filter(
      ({ path, within }) =>
        path === claim.path && within.startLine <= claim.line && claim.startLine <= within.endLine,
    )
  if (claim.side === 'LEFT') return false
  const ofCalls = CALL_COLUMNS_OF[claim.class] ?? []
  const ofHandlers = HANDLER_COLUMNS_OF[claim.class] ?? []
  return (
    at(calls).some(({ cells }) => ofCalls.some((column) => cells[column].state === 'missing')) ||
    at(handlers).some(({ cells }) => ofHandlers.some((column) => cells[column].state === 'missing'))
  )
}

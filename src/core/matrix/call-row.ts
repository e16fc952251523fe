import type { Site } from '#core/inventory/inventory'
import { budgetOf } from '#core/matrix/call-layers'
import type { CallView } from '#core/matrix/call-view'
import {
  breakerCell,
  errorsCell,
  partialCell,
  rateLimitCell,
  tracedCell,
} from '#core/matrix/failure-cells'
import type { CallRow } from '#core/matrix/matrix'
import { repeatCell } from '#core/matrix/repeat-cell'
import { backoffCell, retryCell } from '#core/matrix/retry-cells'
import { cancelledCell, timeoutCell } from '#core/matrix/time-cells'

/** Whose row it is. */
export interface RowOf {
  readonly site: Site
  readonly integration: string
  readonly name: string
}

/** One call with everything that protects it. */
export function callRow(view: CallView, { site, integration, name }: RowOf): CallRow {
  const { id, path, line, symbol, what } = site
  return {
    ...{ id, integration, name, path, line, symbol, what },
    within: linesOf(view, line),
    cells: {
      timeout: timeoutCell(view),
      retry: retryCell(view),
      backoff: backoffCell(view),
      repeatable: repeatCell(view),
      'rate-limit': rateLimitCell(view),
      breaker: breakerCell(view),
      errors: errorsCell(view),
      partial: partialCell(view),
      traced: tracedCell(view),
      cancelled: cancelledCell(view),
    },
    budget: budgetOf(view),
  }
}

function linesOf({ unit: { around } }: CallView, line: number): CallRow['within'] {
  return around === null
    ? { startLine: line, endLine: line }
    : { startLine: around.line, endLine: around.endLine }
}

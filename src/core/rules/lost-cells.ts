import type { Cell, HandlerColumn, HandlerRow, MatrixDelta } from '#core/matrix/matrix'
import type { LostCell } from '#core/rules/taken'

/** A row of the matrix that had a protection before the change and lacks it now. */
export interface LostProtection {
  readonly path: string
  readonly line: number
  readonly symbol: string | null
  readonly within: { readonly startLine: number; readonly endLine: number }
  readonly integration: string
  /** The call or the route. */
  readonly what: string
  readonly cell: Cell
}

/** The rows of which a change turns one protection from there to missing, by the line of its lack. */
export function lostCells(
  delta: MatrixDelta,
  { row, column }: LostCell,
): readonly LostProtection[] {
  const lost =
    row === 'call'
      ? delta.calls.flatMap((one) =>
          one.before?.[column] === 'protected' ? [{ ...one, cell: one.cells[column] }] : [],
        )
      : delta.handlers.flatMap((one) =>
          one.before?.[column] === 'protected'
            ? [{ ...one, cell: one.cells[column], line: answerLine(one, column) }]
            : [],
        )
  return lost.filter(({ cell }) => cell.state === 'missing')
}

/** Where a handler answers, for what should have been done before; else where it begins. */
function answerLine({ line, path, states }: HandlerRow, column: HandlerColumn): number {
  if (column !== 'durable' && column !== 'in-time') return line
  const answer = states.find(({ name }) => name === 'acknowledge')
  return answer?.path === path ? (answer.line ?? line) : line
}

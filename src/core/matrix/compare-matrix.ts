import type { Rows } from '#core/matrix/build-matrix'
import type {
  CallRow,
  Cell,
  CellState,
  HandlerRow,
  MatrixDelta,
  TouchedCall,
  TouchedHandler,
} from '#core/matrix/matrix'

/** What a change changes. */
export interface Changed {
  /** New names by old ones, of files that the change renames. */
  readonly renamed: ReadonlyMap<string, string>
  /** Whether the change adds or changes one of these lines at the head. */
  touches(path: string, startLine: number, endLine: number): boolean
}

/**
 * The rows that a change touches: those that it adds, those of functions that it changes, and those
 * of which a cell flips, whatever it was that changed. In the order of the head's rows.
 */
export function compareMatrix(before: Rows, after: Rows, changed: Changed): MatrixDelta {
  const calls = pairs(before.calls, after.calls, changed).flatMap(({ row, old }): TouchedCall[] =>
    isTouched(row, old, changed)
      ? [{ ...row, before: old === null ? null : callStates(old.cells) }]
      : [],
  )
  const handlers = pairs(before.handlers, after.handlers, changed).flatMap(
    ({ row, old }): TouchedHandler[] =>
      isTouched(row, old, changed)
        ? [{ ...row, before: old === null ? null : handlerStates(old.cells) }]
        : [],
  )
  return { calls, handlers }
}

function callStates(cells: CallRow['cells']): NonNullable<TouchedCall['before']> {
  return {
    timeout: cells.timeout.state,
    retry: cells.retry.state,
    backoff: cells.backoff.state,
    repeatable: cells.repeatable.state,
    'rate-limit': cells['rate-limit'].state,
    breaker: cells.breaker.state,
    errors: cells.errors.state,
    partial: cells.partial.state,
    traced: cells.traced.state,
    cancelled: cells.cancelled.state,
  }
}

function handlerStates(cells: HandlerRow['cells']): NonNullable<TouchedHandler['before']> {
  return {
    'raw-body': cells['raw-body'].state,
    signature: cells.signature.state,
    window: cells.window.state,
    dedupe: cells.dedupe.state,
    durable: cells.durable.state,
    'in-time': cells['in-time'].state,
    'dead-letter': cells['dead-letter'].state,
  }
}

type Row = Pick<CallRow, 'id' | 'path' | 'what' | 'within'> & {
  readonly cells: Readonly<Record<string, Cell>>
}

/** Each row of the head with the one that it was before; by its id, else by its file and name. */
function pairs<R extends Row>(
  before: readonly R[],
  after: readonly R[],
  { renamed }: Changed,
): readonly { readonly row: R; readonly old: R | null }[] {
  const byId = new Map(before.map((row) => [row.id, row]))
  const taken = new Set(after.flatMap(({ id }) => (byId.has(id) ? [id] : [])))
  const rest = new Map<string, R[]>()
  for (const row of before) {
    if (taken.has(row.id)) continue
    const key = nameOf(renamed.get(row.path) ?? row.path, row.what)
    rest.set(key, [...(rest.get(key) ?? []), row])
  }
  return after.map((row) => ({
    row,
    old: byId.get(row.id) ?? rest.get(nameOf(row.path, row.what))?.shift() ?? null,
  }))
}

const nameOf = (path: string, what: string) => `${path}\n${what}`

function isTouched<R extends Row>(row: R, old: R | null, { touches }: Changed): boolean {
  const { startLine, endLine } = row.within
  return old === null || flipped(old.cells, row.cells) || touches(row.path, startLine, endLine)
}

function flipped(before: Row['cells'], after: Row['cells']): boolean {
  return Object.entries(after).some(([column, { state }]) => stateOf(before, column) !== state)
}

const stateOf = (cells: Row['cells'], column: string): CellState | undefined => cells[column]?.state

import type { Cell, CellState, MatrixDelta, TouchedCall, TouchedHandler } from '#core/matrix/matrix'

/** A handler of many events does more than one can follow in a row. */
const MAX_STEPS = 10

/**
 * What the matrix says of the calls and handlers that a change touches, one block for each row: what
 * is missing first, then what protects it and where, then what the code at hand does not tell.
 *
 * @param paths the files whose rows are wanted
 */
export function matrixRows(delta: MatrixDelta, paths: ReadonlySet<string>): readonly string[] {
  const ofFiles = <T extends { readonly path: string }>(rows: readonly T[]) =>
    rows.filter(({ path }) => paths.has(path))
  return [...ofFiles(delta.handlers).map(handlerBlock), ...ofFiles(delta.calls).map(callBlock)]
}

function callBlock(row: TouchedCall): string {
  const { attempts, answerMs } = row.budget
  const layers = row.budget.layers.map(({ name }) => name).join(' within ')
  return [
    headOf(row),
    ...cellLines(row),
    `  worst case: ${extent(attempts)} attempts${layers === '' ? '' : ` (${layers})`}${answerMs === null ? '' : `, ${extent(answerMs)} ms until whoever waits has an answer`}`,
  ].join('\n')
}

function handlerBlock(row: TouchedHandler): string {
  const order = row.steps
    .filter(({ deferred }) => !deferred)
    .slice(0, MAX_STEPS)
    .map(
      ({ does, to, path, line }) =>
        `${does}${to === null ? '' : ` ${to}`} ${placeIn(row.path, path, line)}`,
    )
  const misplaced = row.states.flatMap(({ name, misplaced: why }) =>
    why === null ? [] : [`${name}: ${why}`],
  )
  const { class: kind, key, scope } = row.idempotency
  return [
    headOf(row),
    ...cellLines(row),
    order.length === 0 ? '' : `  in this order: ${order.join(', ')}`,
    misplaced.length === 0 ? '' : `  out of order: ${misplaced.join('; ')}`,
    `  repeated delivery: ${kind}${key === null ? '' : ` by ${key}`}${scope === null ? '' : ` in ${scope}`}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function headOf({ what, name, path, line, symbol, before }: TouchedCall | TouchedHandler): string {
  const within = symbol === null ? '' : ` in ${symbol}`
  return `${path}:${line} ${what} -> ${name}${within}${before === null ? ' (new)' : ''}`
}

const STATES: readonly (readonly [CellState, string])[] = [
  ['missing', 'missing'],
  ['protected', 'protected'],
  ['unknown', 'not told by the code at hand'],
]

function cellLines(row: TouchedCall | TouchedHandler): readonly string[] {
  const cells: Readonly<Record<string, Cell>> = row.cells
  const before: Readonly<Record<string, CellState>> | null = row.before
  const lost = Object.entries(cells).flatMap(([column, { state }]) =>
    before?.[column] === 'protected' && state === 'missing' ? [column] : [],
  )
  const rows = STATES.flatMap(([state, label]) => {
    const found = Object.entries(cells).filter(([, cell]) => cell.state === state)
    if (found.length === 0) return []
    const words = found.map(([column, cell]) =>
      state === 'unknown' ? column : `${column} (${placed(cell, row.path)})`,
    )
    return [`  ${label}: ${words.join('; ')}`]
  })
  return lost.length === 0 ? rows : [`  lost by this change: ${lost.join(', ')}`, ...rows]
}

/** A place of the row's own file by its line alone: paths are long and stand at the row's head. */
function placed({ because, path, line }: Cell, own: string): string {
  return path === null || line === null ? because : `${because}, ${placeIn(own, path, line)}`
}

function placeIn(own: string, path: string, line: number): string {
  return path === own ? `line ${line}` : `${path}:${line}`
}

function extent(value: TouchedCall['budget']['attempts']): string {
  if (typeof value !== 'object') return value === 'endless' ? 'endless' : String(value)
  return `${value.least} to ${value.most ?? 'any number of'}`
}

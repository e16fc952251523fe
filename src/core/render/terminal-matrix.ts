import {
  CALL_COLUMNS,
  type CallRow,
  type Cell,
  type CellState,
  type HandlerRow,
  type Matrix,
  type Station,
} from '#core/matrix/matrix'
import { budgetWords, deadlineWords } from '#core/render/budget-words'
import {
  CALL_WORDS,
  CELL_SIGNS,
  IDEMPOTENCY_WORDS,
  lacksOf,
  matrixHeadline,
  STATE_WORDS,
  stationSign,
} from '#core/render/matrix-words'
import { type Paint, painter } from '#core/render/paint'
import { escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'
import { wrapText } from '#core/text/wrap'

/** Columns of a protection: its short name and a blank. */
const CELL = 6
const MIN_NAME = 18
const MAX_NAME = 60
const MAX_REASONS = 3
const MAX_PLACES = 3
const MAX_AMPLIFIED = 10

const STYLES: Readonly<Record<CellState, Parameters<Paint>[0]>> = {
  protected: 'good',
  missing: 'high',
  'not-needed': 'dim',
  unknown: 'low',
}

/** What protects each call and handler, for a terminal. */
export function terminalMatrix(
  { calls, handlers, unread }: Matrix,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string {
  const paint = painter(colour)
  const lines = [
    paint('bold', matrixHeadline({ calls, handlers })),
    ...(calls.length === 0 ? [] : ['', ...grid(calls, paint, width), '', LEGEND]),
    ...lacks(calls, paint, width),
    ...amplified(calls, paint, width),
    ...handlers.flatMap((row) => ['', ...way(row, paint, width)]),
    ...unreadLines(unread),
  ]
  return `${lines.join('\n')}\n`
}

const LEGEND = '✓ protected  ✗ missing  – not needed  ? not known'

/** One line for each call, below the file that it stands in. */
function grid(calls: readonly CallRow[], paint: Paint, width: number): readonly string[] {
  const wide = Math.max(MIN_NAME, Math.min(MAX_NAME, width - CALL_COLUMNS.length * CELL))
  const head = CALL_COLUMNS.map((column) => CALL_WORDS[column].short.padStart(CELL)).join('')
  return [
    paint('dim', `${' '.repeat(wide)}${head}`),
    ...[...Map.groupBy(calls, ({ path }) => path)].flatMap(([path, rows]) => [
      escapeLine(path),
      ...rows.map((row) => callLine(row, paint, wide)),
    ]),
  ]
}

function callLine({ line, what, cells }: CallRow, paint: Paint, wide: number): string {
  const name = clip(`${String(line).padStart(5)} ${escapeLine(lastNames(what))}`, wide).padEnd(wide)
  return `${name}${CALL_COLUMNS.map((column) => sign(cells[column], paint)).join('')}`
}

/** The end of a chain says more than its beginning: `paymentIntents.create`. */
const lastNames = (what: string) => what.split('.').slice(-2).join('.')

function sign({ state }: Cell, paint: Paint): string {
  return `${' '.repeat(CELL - 1)}${paint(STYLES[state], CELL_SIGNS[state])}`
}

/** What is missing, by protection, with the reasons and where to look. */
function lacks(calls: readonly CallRow[], paint: Paint, width: number): readonly string[] {
  return CALL_COLUMNS.flatMap((column) => {
    const reasons = lacksOf(calls, column, 'missing')
    const count = reasons.reduce((sum, { places }) => sum + places.length, 0)
    if (count === 0) return []
    return [
      '',
      `${paint('bold', CALL_WORDS[column].name)}: missing in ${count} of ${calls.length}`,
      ...reasons.slice(0, MAX_REASONS).flatMap(({ because, places }) => {
        const more = places.length > MAX_PLACES ? ` and ${places.length - MAX_PLACES} more` : ''
        const where = places.slice(0, MAX_PLACES).join(', ')
        return indented(`${because}: ${where}${more}`, width)
      }),
    ]
  })
}

/** Calls that several layers repeat: attempts multiply. */
function amplified(calls: readonly CallRow[], paint: Paint, width: number): readonly string[] {
  const said = calls.flatMap(({ path, line, budget }) => {
    const words = budgetWords(budget)
    return words === '' ? [] : [`${path}:${line}  ${words}`]
  })
  if (said.length === 0) return []
  const rest = said.length - MAX_AMPLIFIED
  return [
    '',
    paint('bold', 'Attempts that multiply'),
    ...said.slice(0, MAX_AMPLIFIED).flatMap((words) => indented(words, width)),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ]
}

function indented(words: string, width: number): readonly string[] {
  return wrapText(escapeLine(words), width - 2).map((line) => `  ${line}`)
}

/** A delivery's way, one line for each state. */
function way(row: HandlerRow, paint: Paint, width: number): readonly string[] {
  const { what, name, path, line, states, idempotency, cells, deadline } = row
  const late = cells['in-time']
  const over = deadlineWords(deadline)
  return [
    `${paint('bold', escapeLine(what))}  ${escapeLine(name)}`,
    paint('dim', `  ${escapeLine(`${path}:${line}`)}`),
    ...states.flatMap((one) => stationLines(one, paint, width)),
    ...(late.state === 'missing'
      ? labelled(
          paint('high', CELL_SIGNS.missing),
          'in time',
          `${over === '' ? late.because : over}${placeOf(late)}`,
          width,
        )
      : []),
    ...labelled(
      ' ',
      'repeated',
      `${IDEMPOTENCY_WORDS[idempotency.class]}${keyWords(idempotency)}`,
      width,
    ),
  ]
}

function stationLines(station: Station, paint: Paint, width: number): readonly string[] {
  const { name, state, because, path, line, misplaced } = station
  const style = misplaced === null ? STYLES[state === 'present' ? 'protected' : state] : 'medium'
  const words = `${misplaced ?? because}${placeOf({ path, line })}`
  return labelled(paint(style, stationSign(station)), STATE_WORDS[name], words, width)
}

const LABEL = 12

function labelled(mark: string, label: string, words: string, width: number): readonly string[] {
  const indent = LABEL + 5
  const [first = '', ...rest] = wrapText(escapeLine(words), width - indent)
  return [
    `  ${mark} ${label.padEnd(LABEL)} ${first}`,
    ...rest.map((more) => `${' '.repeat(indent)}${more}`),
  ]
}

function placeOf({ path, line }: Pick<Cell, 'path' | 'line'>): string {
  return path === null || line === null ? '' : `  ${path}:${line}`
}

function keyWords({ key, lifetime }: HandlerRow['idempotency']): string {
  const by = key === null ? '' : `, by ${escapeLine(clip(key, 40))}`
  return lifetime.verdict === 'too-short'
    ? `${by}; kept ${lifetime.heldHours} h, the sender tries for ${lifetime.neededHours} h`
    : by
}

function unreadLines({ languages, files }: Matrix['unread']): readonly string[] {
  const said = [
    ...(languages.length === 0 ? [] : [`Not looked at: code in ${languages.join(', ')}.`]),
    ...files.map(({ path, because }) => `Not read: ${path}: ${because}`),
  ]
  return said.length === 0 ? [] : ['', ...said.map(escapeLine)]
}

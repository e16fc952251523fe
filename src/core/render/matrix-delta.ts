import {
  CALL_COLUMNS,
  type Cell,
  type CellState,
  HANDLER_COLUMNS,
  type MatrixDelta,
  type TouchedCall,
  type TouchedHandler,
} from '#core/matrix/matrix'
import { CALL_WORDS, CELL_EMOJI, HANDLER_WORDS, shortPlace } from '#core/render/matrix-words'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'
import { webhookDiagram } from '#core/render/webhook-diagram'
import { clip } from '#core/text/lines'

/** A protection that a change takes away or brings. */
interface Flip {
  readonly way: 'lost' | 'gained'
  readonly protection: string
  readonly what: string
  readonly path: string
  readonly line: number
}

/** Flips that are named; more are counted. */
const MAX_NAMED = 6
const MAX_ROWS = 20
const MAX_DIAGRAMS = 3

/**
 * What a change does to the protections, in one line: `lost timeout (fetch, src/a.ts:3)`; empty
 * where none is lost or gained.
 *
 * @param show how names from the code are written, such as a code span
 */
export function flipWords(delta: MatrixDelta, show: (name: string) => string): string {
  const flips = flipsOf(delta)
  const named = flips
    .slice(0, MAX_NAMED)
    .map(
      ({ way, protection, what, path, line }) =>
        `${way} ${protection} (${show(what)}, ${show(`${path}:${line}`)})`,
    )
  const rest = flips.length - named.length
  return [...named, ...(rest === 0 ? [] : [`and ${rest} more`])].join(', ')
}

function flipsOf({ calls, handlers }: MatrixDelta): readonly Flip[] {
  const flips = [
    ...calls.flatMap((row) =>
      CALL_COLUMNS.flatMap((column) =>
        flipOf(row, CALL_WORDS[column].name, row.before?.[column], row.cells[column]),
      ),
    ),
    ...handlers.flatMap((row) =>
      HANDLER_COLUMNS.flatMap((column) =>
        flipOf(row, HANDLER_WORDS[column].name, row.before?.[column], row.cells[column]),
      ),
    ),
  ]
  // What is lost comes first: it is what a reviewer has to see.
  return [
    ...flips.filter(({ way }) => way === 'lost'),
    ...flips.filter(({ way }) => way === 'gained'),
  ]
}

function flipOf(
  { what, path, line }: Pick<TouchedCall, 'what' | 'path' | 'line'>,
  protection: string,
  before: CellState | undefined,
  { state }: Cell,
): readonly Flip[] {
  if (before === undefined || before === state) return []
  if (before === 'protected' && state === 'missing')
    return [{ way: 'lost', protection, what, path, line }]
  if (before === 'missing' && state === 'protected')
    return [{ way: 'gained', protection, what, path, line }]
  return []
}

interface Drawn {
  /** Whether the repository wants diagrams. */
  readonly diagrams: boolean
}

/**
 * The rows that a change touches, for the summary: tables of signs, folded away, and the way of each
 * touched handler that lacks something. Empty where nothing is touched.
 */
export function matrixSection(delta: MatrixDelta, drawn: Drawn): string {
  if (delta.calls.length + delta.handlers.length === 0) return ''
  const title = `What protects the touched code: ${countOf(delta)}`
  return `<details><summary>${title}</summary>\n\n${tablesOf(delta, drawn)}\n\n</details>`
}

/** The same as the answer to somebody who asked for it, of the head that it was computed from. */
export function matrixAnswer(
  delta: MatrixDelta,
  { head, ...drawn }: Drawn & { readonly head: string },
): string {
  const at = codeSpan(head.slice(0, 12))
  if (delta.calls.length + delta.handlers.length === 0)
    return `At ${at} this pull request touches no call to another system and no webhook handler.`
  const flips = flipWords(delta, codeSpan)
  return [
    `At ${at} this pull request touches ${countOf(delta)}.`,
    flips === '' ? '' : `Protections: ${flips}.`,
    tablesOf(delta, drawn),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** `2 calls and 1 webhook handler, 5 protections missing`. */
function countOf({ calls, handlers }: MatrixDelta): string {
  const rows = [
    calls.length === 0 ? '' : countWords(calls.length, 'call'),
    handlers.length === 0 ? '' : countWords(handlers.length, 'webhook handler'),
  ].filter((words) => words !== '')
  const cells = [...calls, ...handlers].flatMap((row) => Object.values(row.cells))
  const lacking = cells.filter(({ state }) => state === 'missing').length
  return `${rows.join(' and ')}, ${countWords(lacking, 'protection')} missing`
}

function tablesOf(delta: MatrixDelta, { diagrams }: Drawn): string {
  const { calls, handlers } = delta
  const ofCalls = calls
    .slice(0, MAX_ROWS)
    .map(
      (row): Line => [
        row,
        CALL_COLUMNS.map((column) => sign(row.before?.[column], row.cells[column])),
      ],
    )
  const ofHandlers = handlers
    .slice(0, MAX_ROWS)
    .map(
      (row): Line => [
        row,
        HANDLER_COLUMNS.map((column) => sign(row.before?.[column], row.cells[column])),
      ],
    )
  return [
    table(
      'call',
      CALL_COLUMNS.map((column) => CALL_WORDS[column].short),
      ofCalls,
    ),
    table(
      'handler',
      HANDLER_COLUMNS.map((column) => HANDLER_WORDS[column].short),
      ofHandlers,
    ),
    legend(delta),
    ...(diagrams ? diagramsOf(handlers) : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** `✅→❌` where a protection flipped. */
function sign(before: CellState | undefined, { state }: Cell): string {
  return before === undefined || before === state
    ? CELL_EMOJI[state]
    : `${CELL_EMOJI[before]}→${CELL_EMOJI[state]}`
}

type Line = readonly [
  row: Pick<TouchedCall, 'what' | 'path' | 'line' | 'before'> | TouchedHandler,
  signs: readonly string[],
]

function table(kind: string, head: readonly string[], lines: readonly Line[]): string {
  if (lines.length === 0) return ''
  const rows = lines.map(([{ what, path, line, before }, signs]) => {
    const fresh = before === null ? ' (new)' : ''
    return `| ${cell(what)}${fresh}<br>${cell(shortPlace({ path, line }))} | ${signs.join(' | ')} |`
  })
  return [
    `| ${kind} | ${head.join(' | ')} |`,
    `|---|${head.map(() => ':-:').join('|')}|`,
    ...rows,
  ].join('\n')
}

function cell(text: string): string {
  return codeSpan(clip(text, 80)).replaceAll('|', '\\|')
}

function legend({ calls, handlers }: MatrixDelta): string {
  const words = [
    ...(calls.length === 0 ? [] : CALL_COLUMNS.map((column) => CALL_WORDS[column])),
    ...(handlers.length === 0 ? [] : HANDLER_COLUMNS.map((column) => HANDLER_WORDS[column])),
  ].filter(({ name, short }) => name !== short)
  return `<sub>✅ protected, ❌ missing, ➖ not needed, ❔ not known. ${words.map(({ name, short }) => `${short}: ${name}`).join('; ')}.</sub>`
}

function diagramsOf(handlers: readonly TouchedHandler[]): readonly string[] {
  return handlers
    .filter(({ states }) =>
      states.some(({ state, misplaced }) => state === 'missing' || misplaced !== null),
    )
    .slice(0, MAX_DIAGRAMS)
    .map((row) => `${cell(row.what)}\n\n${codeBlock(webhookDiagram(row), 'mermaid')}`)
}

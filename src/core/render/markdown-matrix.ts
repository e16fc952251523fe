import {
  CALL_COLUMNS,
  type CallRow,
  type HandlerRow,
  type Matrix,
  type Station,
} from '#core/matrix/matrix'
import { budgetWords, deadlineWords } from '#core/render/budget-words'
import { deliverySequence } from '#core/render/delivery-sequence'
import {
  CALL_WORDS,
  CELL_EMOJI,
  IDEMPOTENCY_WORDS,
  lacksOf,
  matrixHeadline,
  STATE_WORDS,
  shortPlace,
} from '#core/render/matrix-words'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'
import { webhookDiagram } from '#core/render/webhook-diagram'
import { byteLength, clip } from '#core/text/lines'

/** Rows that a table shows: GitHub renders longer ones slowly, and nobody reads them. */
const MAX_ROWS = 100
const MAX_HANDLERS = 20
const MAX_REASONS = 5
const MAX_PLACES = 5
/** GitHub takes 65,536 characters of a comment; this leaves room for what stands around it. */
const MAX_TEXT = 58_000

/** What protects each call and handler, as markdown that GitHub renders. */
export function markdownMatrix(matrix: Matrix): string {
  const { calls, handlers, unread } = matrix
  const parts = [
    '# What protects the integrations',
    `${matrixHeadline(matrix)}.`,
    ...(calls.length === 0 ? [] : [callTable(calls), ...callLacks(calls), ...amplified(calls)]),
    ...handlers.slice(0, MAX_HANDLERS).map(handlerSection),
    handlers.length > MAX_HANDLERS
      ? `${handlers.length - MAX_HANDLERS} more handlers are in the JSON.`
      : '',
    ...unreadParts(unread),
  ].filter((part) => part !== '')
  return `${fitted(parts)}\n`
}

/** Parts in order while they fit; what does not is counted. */
function fitted(parts: readonly string[]): string {
  const kept: string[] = []
  let used = 0
  for (const part of parts) {
    used += byteLength(part) + 2
    if (used > MAX_TEXT)
      return [...kept, 'The rest did not fit here: it is in the JSON.'].join('\n\n')
    kept.push(part)
  }
  return kept.join('\n\n')
}

const LEGEND = '✅ protected, ❌ missing, ➖ not needed, ❔ not known'

/** A row for each call, with signs only: narrow enough for a phone held upright. */
export function callTable(calls: readonly CallRow[]): string {
  const head = CALL_COLUMNS.map((column) => CALL_WORDS[column].short)
  const shown = calls.slice(0, MAX_ROWS)
  const rows = shown.map(
    ({ path, line, what, cells }) =>
      `| ${cell(what)}<br>${cell(shortPlace({ path, line }))} | ${CALL_COLUMNS.map((column) => CELL_EMOJI[cells[column].state]).join(' | ')} |`,
  )
  const rest = calls.length - shown.length
  return [
    `| call | ${head.join(' | ')} |`,
    `|---|${head.map(() => ':-:').join('|')}|`,
    ...rows,
    '',
    `<sub>${LEGEND}. ${CALL_COLUMNS.map((column) => `${CALL_WORDS[column].short}: ${CALL_WORDS[column].name}`).join('; ')}.${rest > 0 ? ` ${rest} more calls are in the JSON.` : ''}</sub>`,
  ].join('\n')
}

function cell(text: string): string {
  return codeSpan(clip(text, 80)).replaceAll('|', '\\|')
}

function callLacks(calls: readonly CallRow[]): readonly string[] {
  const items = CALL_COLUMNS.flatMap((column) => {
    const reasons = lacksOf(calls, column, 'missing')
    const count = reasons.reduce((sum, { places }) => sum + places.length, 0)
    if (count === 0) return []
    const said = reasons.slice(0, MAX_REASONS).map(({ because, places }) => {
      const more = places.length > MAX_PLACES ? ` and ${places.length - MAX_PLACES} more` : ''
      return `  - ${plainly(because)}: ${places.slice(0, MAX_PLACES).map(codeSpan).join(', ')}${more}`
    })
    return [`- **${CALL_WORDS[column].name}**: missing in ${count} of ${calls.length}`, ...said]
  })
  return items.length === 0 ? [] : [`## What is missing\n\n${items.join('\n')}`]
}

const MAX_AMPLIFIED = 20

function amplified(calls: readonly CallRow[]): readonly string[] {
  const said = calls.flatMap(({ path, line, budget }) => {
    const words = budgetWords(budget)
    return words === '' ? [] : [`- ${codeSpan(`${path}:${line}`)}: ${plainly(words)}`]
  })
  if (said.length === 0) return []
  const rest = said.length - MAX_AMPLIFIED
  const more = rest > 0 ? [`- and ${rest} more`] : []
  return [['## Attempts that multiply', '', ...said.slice(0, MAX_AMPLIFIED), ...more].join('\n')]
}

/** One handler: what it is, its way as a diagram, and each state in words. */
export function handlerSection(row: HandlerRow): string {
  const { what, name, path, line, states, idempotency } = row
  const key = idempotency.key === null ? '' : `, by ${codeSpan(clip(idempotency.key, 40))}`
  return [
    `## ${codeSpan(what)}`,
    `${codeSpan(`${path}:${line}`)}, ${plainly(name)}.`,
    codeBlock(webhookDiagram(row), 'mermaid'),
    codeBlock(deliverySequence(row), 'mermaid'),
    ['| state | | where and why |', '|---|:-:|---|', ...states.map(stationRow)].join('\n'),
    `A second delivery: ${IDEMPOTENCY_WORDS[idempotency.class]}${key}.`,
    deadlineWords(row.deadline) === '' ? '' : `Too late: ${deadlineWords(row.deadline)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function stationRow({ name, state, because, path, line, misplaced }: Station): string {
  const place = path === null || line === null ? '' : ` ${codeSpan(`${path}:${line}`)}`
  return `| ${STATE_WORDS[name]} | ${stationEmoji({ state, misplaced })} | ${plainly(misplaced ?? because)}${place} |`.replaceAll(
    '\n',
    ' ',
  )
}

function stationEmoji({ state, misplaced }: Pick<Station, 'state' | 'misplaced'>): string {
  if (state !== 'present') return CELL_EMOJI[state]
  return misplaced === null ? CELL_EMOJI.protected : '⚠️'
}

/** Our own words as they are; what holds a name from the code that could be live on GitHub, as code. */
function plainly(words: string): string {
  return /^[\w ,.:;'()×–-]+$/.test(words) ? words : codeSpan(words)
}

function unreadParts({ languages, files }: Matrix['unread']): readonly string[] {
  const said = [
    ...(languages.length === 0 ? [] : [`- code in ${languages.join(', ')}`]),
    ...files.map(({ path, because }) => `- ${codeSpan(path)}: ${because}`),
  ]
  return said.length === 0 ? [] : [['## Not looked at', '', ...said].join('\n')]
}

import {
  CALL_COLUMNS,
  type Cell,
  type CellState,
  HANDLER_COLUMNS,
  type MatrixDelta,
  type TouchedCall,
  type TouchedHandler,
} from '#core/matrix/matrix'
import { type Html, html, NO_HTML } from '#core/render/html'
import {
  CALL_WORDS,
  CELL_SIGNS,
  type ColumnWords,
  HANDLER_WORDS,
  IDEMPOTENCY_WORDS,
} from '#core/render/matrix-words'

const MAX_ROWS = 100

const STATE_WORDS: Readonly<Record<CellState, string>> = {
  protected: 'protected',
  missing: 'missing',
  'not-needed': 'not needed',
  unknown: 'not known',
}
const STATE_CLASS: Readonly<Record<CellState, string>> = {
  protected: 'good',
  missing: 'bad',
  'not-needed': 'quiet',
  unknown: 'quiet',
}

/** The calls and handlers that a change touches, each with what protects it and what does not. */
export function htmlMatrix({ calls, handlers }: MatrixDelta): Html {
  const rows = [
    ...calls.map((row) =>
      rowOf(
        row,
        CALL_COLUMNS.map((column) =>
          protectionOf(CALL_WORDS[column], row.cells[column], row.before?.[column]),
        ),
        NO_HTML,
      ),
    ),
    ...handlers.map((row) =>
      rowOf(
        row,
        HANDLER_COLUMNS.map((column) =>
          protectionOf(HANDLER_WORDS[column], row.cells[column], row.before?.[column]),
        ),
        html`<p class="quiet">A second delivery: ${IDEMPOTENCY_WORDS[row.idempotency.class]}.</p>`,
      ),
    ),
  ]
  if (rows.length === 0) return NO_HTML
  const rest = rows.length - MAX_ROWS
  return html`<h2>What protects the touched code</h2>
<p class="quiet">✓ protected · ✗ missing · – not needed · ? not known</p>
${rows.slice(0, MAX_ROWS)}
${rest > 0 ? html`<p>and ${rest} more</p>` : NO_HTML}`
}

interface Protection {
  readonly name: string
  readonly cell: Cell
  /** Undefined where the row is new. */
  readonly before: CellState | undefined
}

function protectionOf(
  { name }: ColumnWords,
  cell: Cell,
  before: CellState | undefined,
): Protection {
  return { name, cell, before }
}

function rowOf(
  row: TouchedCall | TouchedHandler,
  protections: readonly Protection[],
  more: Html,
): Html {
  const lacks = protections.filter(({ cell }) => cell.state === 'missing')
  return html`<section class="row">
<h4><code>${row.what}</code> ${row.name}${row.before === null ? html` <span class="quiet">new</span>` : NO_HTML}</h4>
<p class="quiet"><code>${row.path}:${row.line}</code></p>
<ul class="cells">${protections.map(cellItem)}</ul>
${lacks.length === 0 ? NO_HTML : html`<dl class="lacks">${lacks.map(lackOf)}</dl>`}
${more}
</section>`
}

function cellItem({ name, cell, before }: Protection): Html {
  const flipped = before !== undefined && before !== cell.state
  const was = flipped ? html` <span class="quiet">(was ${STATE_WORDS[before]})</span>` : NO_HTML
  const label = `${name}: ${STATE_WORDS[cell.state]}`
  return html`<li class="${STATE_CLASS[cell.state]}" aria-label="${label}" title="${cell.because}"><b>${CELL_SIGNS[cell.state]}</b>${name}${was}</li>`
}

function lackOf({ name, cell }: Protection): Html {
  const place = cell.path === null ? '' : ` (${cell.path}:${cell.line ?? 1})`
  return html`<div><dt>${name}</dt><dd class="quiet">${cell.because}${place}</dd></div>`
}

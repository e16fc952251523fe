import type { Integration } from '#core/inventory/inventory'
import {
  CALL_COLUMNS,
  type CallRow,
  type Cell,
  HANDLER_COLUMNS,
  type HandlerRow,
} from '#core/matrix/matrix'
import type { Provider } from '#core/providers/provider'
import { directionsOf } from '#core/render/inventory-words'
import { CALL_WORDS, HANDLER_WORDS } from '#core/render/matrix-words'
import { factGroups } from '#core/render/provider-words'
import { codeSpan } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'

/** What is known without a model about something that a person wrote. */
export interface ConcernedParts {
  readonly commit: string
  readonly providers: readonly Provider[]
  readonly integrations: readonly Integration[]
  readonly named: boolean
  readonly calls: readonly CallRow[]
  readonly handlers: readonly HandlerRow[]
  /** A day such as `2026-11-22`: facts that have expired are left out. */
  readonly today: string
}

const MAX_INTEGRATIONS = 12
const MAX_ROWS = 12
const MAX_FACTS = 14

/** The same parts as paragraphs: what the code does, what protects it, what is documented. */
export function concernedSections(parts: ConcernedParts): readonly string[] {
  return [
    code(parts),
    protections(parts),
    ...parts.providers.slice(0, 3).map((one) => facts(one, parts.today)),
  ].filter((text) => text !== '')
}

function code({ commit, integrations, named }: ConcernedParts): string {
  const at = codeSpan(commit.slice(0, 12))
  if (integrations.length === 0) return `No code at ${at} speaks to another system yet.`
  const intro = named
    ? `**In the code** at ${at}:`
    : `The words name no system that the code at ${at} speaks to. It speaks to:`
  const rows = integrations.slice(0, MAX_INTEGRATIONS).map((one) => {
    const places = [...one.sites, ...one.clients].slice(0, 3).map(placeOf)
    const where = places.length === 0 ? '' : `, in ${places.join(', ')}`
    return `- ${codeSpan(clip(one.name, 80))}: ${directionsOf(one)}${where}`
  })
  return [intro, '', ...rows, ...more(integrations.length - rows.length)].join('\n')
}

function protections({ calls, handlers, named }: ConcernedParts): string {
  if (!named) return ''
  const rows = [
    ...handlers.map((row) => rowWords(row, cellsOf(row.cells, HANDLER_COLUMNS, HANDLER_WORDS))),
    ...calls.map((row) => rowWords(row, cellsOf(row.cells, CALL_COLUMNS, CALL_WORDS))),
  ]
  if (rows.length === 0) return ''
  const shown = rows.slice(0, MAX_ROWS)
  return ['**What protects it:**', '', ...shown, ...more(rows.length - shown.length)].join('\n')
}

function rowWords(row: CallRow | HandlerRow, { missing, held }: Sorted): string {
  const words = [
    missing.length === 0 ? '' : `**lacks ${missing.join(', ')}**`,
    held.length === 0 ? '' : `has ${held.join(', ')}`,
  ].filter((text) => text !== '')
  const said = words.length === 0 ? 'nothing is known' : words.join('; ')
  return `- ${codeSpan(clip(row.what, 80))} in ${placeOf(row)}: ${said}`
}

interface Sorted {
  readonly missing: readonly string[]
  readonly held: readonly string[]
}

function cellsOf<Column extends string>(
  cells: Readonly<Record<Column, Cell>>,
  columns: readonly Column[],
  words: Readonly<Record<Column, { readonly name: string }>>,
): Sorted {
  const named = (state: Cell['state']) =>
    columns.filter((column) => cells[column].state === state).map((column) => words[column].name)
  return { missing: named('missing'), held: named('protected') }
}

/** What a provider's documentation says, each with its page. */
function facts(provider: Provider, today: string): string {
  const lines = factGroups(provider, today).flatMap(({ heading, lines: known }) =>
    known.flatMap(({ label, values, code: isCode, fact }) => {
      if (values === null) return []
      const said = isCode ? values.map(codeSpan) : values
      return [
        `- ${heading}, ${label.toLowerCase()}: ${said.join(', ')} ([source](<${fact.source}>))`,
      ]
    }),
  )
  if (lines.length === 0) return ''
  const shown = lines.slice(0, MAX_FACTS)
  const name = codeSpan(provider.names[0] ?? provider.id)
  return [`**What ${name} documents:**`, '', ...shown, ...more(lines.length - shown.length)].join(
    '\n',
  )
}

function more(left: number): readonly string[] {
  return left > 0 ? [`- and ${left} more`] : []
}

function placeOf({ path, line }: { readonly path: string; readonly line: number }): string {
  return codeSpan(`${path}:${line}`)
}

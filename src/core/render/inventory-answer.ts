import type { Integration, Inventory, InventoryChange } from '#core/inventory/inventory'
import { deltaWords } from '#core/render/delta-words'
import { fitParts } from '#core/render/fit-parts'
import { directionsOf, inventoryHeadline } from '#core/render/inventory-words'
import { inventoryDiagram } from '#core/render/markdown-inventory'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'
import { clip } from '#core/text/lines'

/** What `inventory` speaks about. */
export interface InventoryAnswer {
  readonly integrations: readonly Integration[]
  readonly unread: Inventory['unread']
  /** The commit that was looked at. */
  readonly commit: string
  /** What the pull request changes of it; null on an issue. */
  readonly delta: readonly InventoryChange[] | null
  readonly diagrams: boolean
}

const MAX_ROWS = 40
const MAX_NAME = 80

/** The answer to `inventory`: a row for each integration with where it stands, and a diagram. */
export function inventoryAnswer(parts: InventoryAnswer): string {
  const { integrations, commit, unread } = parts
  const at = codeSpan(commit.slice(0, 12))
  if (integrations.length === 0)
    return fitParts([`No integrations found at ${at}.`, unreadWords(unread), change(parts.delta)])
  const drawn = integrations.some(({ sites }) => sites.length > 0) && parts.diagrams
  return fitParts([
    `The default branch at ${at}: ${inventoryHeadline(integrations)}.`,
    change(parts.delta),
    table(integrations),
    drawn ? folded('Diagram', codeBlock(inventoryDiagram(integrations), 'mermaid')) : '',
    unreadWords(unread),
  ])
}

function change(delta: readonly InventoryChange[] | null): string {
  if (delta === null) return ''
  const words = deltaWords(delta, (name) => codeSpan(clip(name, MAX_NAME)))
  return words === '' ? '' : `This pull request: ${words}.`
}

function table(integrations: readonly Integration[]): string {
  const rows = integrations.slice(0, MAX_ROWS).map(row)
  const left = integrations.length - rows.length
  const more = left === 0 ? [] : ['', `And ${left} more: \`tech-lead inventory\` lists all.`]
  return ['| system | what | where |', '|---|---|---|', ...rows, ...more].join('\n')
}

function row(one: Integration): string {
  const [place] = [...one.sites, ...one.clients, ...one.sdks]
  const versions = one.apiVersions.map(({ version }) => `version ${codeSpan(version)}`)
  const what = [directionsOf(one), ...new Set(versions)].join(', ')
  const where = place === undefined ? '' : codeSpan(`${place.path}:${place.line}`)
  const more = one.sites.length > 1 ? ` and ${one.sites.length - 1} more` : ''
  const cells = [codeSpan(clip(one.name, MAX_NAME)), what, `${where}${more}`]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function unreadWords({ languages, files }: Inventory['unread']): string {
  const said = [
    languages.length === 0 ? '' : `code in ${languages.join(', ')}`,
    files.length === 0 ? '' : `${files.length} ${files.length === 1 ? 'file' : 'files'}`,
  ].filter((words) => words !== '')
  return said.length === 0 ? '' : `<sub>Not looked at: ${said.join(' and ')}.</sub>`
}

function folded(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`
}

import type { Direction, Integration, Inventory, Site } from '#core/inventory/inventory'
import {
  directionsOf,
  directionWords,
  inventoryHeadline,
  sdkWords,
} from '#core/render/inventory-words'
import { mermaidLabel } from '#core/render/mermaid-label'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'

/** Parties that a diagram shows; the tables below it show all. */
const MAX_NODES = 40

/** The inventory as markdown: a diagram, then a section for each integration. */
export function markdownInventory({ integrations, unread }: Inventory): string {
  const parts = [
    '# Integrations',
    `${inventoryHeadline(integrations)}.`,
    ...(integrations.some(({ sites }) => sites.length > 0)
      ? [codeBlock(inventoryDiagram(integrations), 'mermaid')]
      : []),
    ...integrations.map(section),
    ...unreadParts(unread),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): who is called, and who calls. */
export function inventoryDiagram(integrations: readonly Integration[]): string {
  const shown = integrations.filter(({ sites }) => sites.length > 0).slice(0, MAX_NODES)
  const lines = shown.flatMap((one, index) => {
    const id = `p${index}`
    return [
      `  ${id}["${mermaidLabel(one.name)}"]`,
      ...one.directions.map((way) => arrow(one, way, id)),
    ]
  })
  return ['flowchart LR', '  app(["this repository"])', ...lines].join('\n')
}

const COMES_IN: ReadonlySet<Direction> = new Set<Direction>(['inbound-webhook', 'queue-consumer'])

function arrow({ sites }: Integration, direction: Direction, id: string): string {
  const count = sites.filter((site) => site.direction === direction).length
  const [from, to] = COMES_IN.has(direction) ? [id, 'app'] : ['app', id]
  return `  ${from} -->|"${directionWords(direction, count)}"| ${to}`
}

function section(one: Integration): string {
  const category = one.category === null ? '' : `${one.category}; `
  const facts = [
    ...one.sdks.map((sdk) => `- SDK: ${codeSpan(sdkWords(sdk))} in ${placeOf(sdk)}`),
    ...one.apiVersions.map((row) => `- API version: ${codeSpan(row.version)} in ${placeOf(row)}`),
    ...listed(
      'Hosts',
      one.hosts.map(({ host }) => host),
    ),
    ...listed(
      'Environment',
      one.env.map(({ name }) => name),
    ),
  ]
  const table =
    one.sites.length === 0
      ? []
      : [
          [
            '| direction | where | what | sends |',
            '|---|---|---|---|',
            ...one.sites.map(tableRow),
          ].join('\n'),
        ]
  return [`## ${heading(one.name)}`, `${category}${directionsOf(one)}.`, facts.join('\n'), ...table]
    .filter((part) => part !== '')
    .join('\n\n')
}

const heading = (name: string) => (/^[\w .&'()-]+$/.test(name) ? name : codeSpan(name))

function listed(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`- ${name}: ${values.map(codeSpan).join(', ')}`]
}

function tableRow({ direction, path, line, what, host, data }: Site): string {
  const call = host === null ? what : `${what} ${host}`
  const cells = [directionWords(direction, 1).slice(2), codeSpan(`${path}:${line}`), codeSpan(call)]
  const sent = data.length === 0 ? '' : codeSpan(data.join(', '))
  return `| ${[...cells, sent].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const placeOf = ({ path, line }: { readonly path: string; readonly line: number }) =>
  codeSpan(`${path}:${line}`)

function unreadParts({ languages, files }: Inventory['unread']): readonly string[] {
  const said = [
    ...(languages.length === 0 ? [] : [`- code in ${languages.join(', ')}`]),
    ...files.map(({ path, because }) => `- ${codeSpan(path)}: ${because}`),
  ]
  return said.length === 0 ? [] : [['## Not looked at', '', ...said].join('\n')]
}

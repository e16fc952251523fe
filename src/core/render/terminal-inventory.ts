import type { Integration, Inventory, Site } from '#core/inventory/inventory'
import {
  DIRECTION_COLUMN,
  directionsOf,
  inventoryHeadline,
  sdkWords,
} from '#core/render/inventory-words'
import { type Paint, painter } from '#core/render/paint'
import { escapeLine } from '#core/text/hidden-characters'

const LABEL = 10
const NUMBER = 8

/** The inventory for a terminal: a block for each integration, a line for each place in the code. */
export function terminalInventory(
  { integrations, unread }: Inventory,
  { colour }: { readonly colour: boolean },
): string {
  const paint = painter(colour)
  const lines = [
    paint('bold', inventoryHeadline(integrations)),
    ...integrations.flatMap((one) => ['', ...block(one, paint)]),
    ...unreadLines(unread),
  ]
  return `${lines.join('\n')}\n`
}

function block(one: Integration, paint: Paint): readonly string[] {
  const category = one.category === null ? '' : ` (${one.category})`
  const facts: readonly (readonly [string, string])[] = [
    ...one.sdks.map((sdk) => ['SDK', `${sdkWords(sdk)}  ${sdk.path}:${sdk.line}`] as const),
    ...one.apiVersions.map(
      (row) => ['version', `${row.version}  ${row.path}:${row.line}`] as const,
    ),
    ...listed(
      'hosts',
      one.hosts.map(({ host }) => host),
    ),
    ...listed(
      'keys',
      one.env.map(({ name }) => name),
    ),
  ]
  return [
    `${paint('bold', escapeLine(one.name))}${category}  ${paint('dim', directionsOf(one))}`,
    ...facts.map(([name, text]) => `  ${paint('dim', name.padEnd(LABEL))}${escapeLine(text)}`),
    ...[...Map.groupBy(one.sites, ({ path }) => path)].flatMap(([path, sites]) => [
      `  ${escapeLine(path)}`,
      ...sites.map((site) => siteLine(site, paint)),
    ]),
  ]
}

function listed(name: string, values: readonly string[]): readonly (readonly [string, string])[] {
  return values.length === 0 ? [] : [[name, fewOf(values)]]
}

const MAX_VALUES = 8

function fewOf(values: readonly string[]): string {
  const rest = values.length - MAX_VALUES
  const shown = values.slice(0, MAX_VALUES).join(', ')
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

function siteLine({ line, direction, what, host, data }: Site, paint: Paint): string {
  const place = String(line).padStart(NUMBER)
  const way = DIRECTION_COLUMN[direction].padEnd(LABEL)
  const to = host === null ? '' : `  ${host}`
  const sends = data.length === 0 ? '' : paint('dim', `  sends ${escapeLine(data.join(', '))}`)
  return `${place}  ${way}${escapeLine(`${what}${to}`)}${sends}`
}

function unreadLines({ languages, files }: Inventory['unread']): readonly string[] {
  const said = [
    ...(languages.length === 0 ? [] : [`Not looked at: code in ${languages.join(', ')}.`]),
    ...files.map(({ path, because }) => `Not read: ${path}: ${because}`),
  ]
  return said.length === 0 ? [] : ['', ...said.map(escapeLine)]
}

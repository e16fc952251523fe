import { type InventoryChange, UNADDRESSED } from '#core/inventory/inventory'
import { directionWords } from '#core/render/inventory-words'

/** Entries that are named; more are counted. */
const MAX_NAMED = 8

const NOUNS: Readonly<Record<Exclude<InventoryChange['what'], 'site'>, readonly [string, string]>> =
  {
    host: ['outbound host', 'outbound hosts'],
    key: ['environment key', 'environment keys'],
    sdk: ['SDK version', 'SDK versions'],
    version: ['API version', 'API versions'],
  }

/**
 * What a change does to the integrations, in one line: `+1 outbound call (Stripe), −1 inbound
 * webhook (PayPal)`; empty where it does nothing.
 *
 * @param show how names from the code are written, such as a code span
 */
export function deltaWords(
  delta: readonly InventoryChange[],
  show: (name: string) => string,
): string {
  const groups = [...Map.groupBy(delta, groupOf).values()]
  const named = groups.slice(0, MAX_NAMED).map((rows) => groupWords(rows, show))
  const rest = groups.length - named.length
  return [...named, ...(rest === 0 ? [] : [`and ${rest} more kinds`])].join(', ')
}

const groupOf = ({ change, what, direction, integration }: InventoryChange) =>
  [change, what, direction ?? '', what === 'host' ? '' : integration].join(' ')

const nameOf = ({ integration, name }: InventoryChange) =>
  integration === UNADDRESSED ? 'address not in the code' : name

function groupWords(rows: readonly InventoryChange[], show: (name: string) => string): string {
  const [first] = rows
  if (first === undefined) return ''
  const sign = first.change === 'added' ? '+' : '−'
  const count = rows.length
  if (first.what === 'site' && first.direction !== null) {
    return `${sign}${directionWords(first.direction, count)} (${show(nameOf(first))})`
  }
  const noun = first.what === 'site' ? '' : NOUNS[first.what][count === 1 ? 0 : 1]
  const names = rows.slice(0, 3).map(({ text }) => show(text))
  const more = count > 3 ? ', …' : ''
  return `${sign}${count} ${noun} (${names.join(', ')}${more})`
}

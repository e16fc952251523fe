import type { Direction, Integration, Sdk } from '#core/inventory/inventory'
import { countWords } from '#core/render/verdict'

/** How people call a direction, one and many. */
const WORDS: Readonly<Record<Direction, readonly [one: string, many: string]>> = {
  'outbound-call': ['outbound call', 'outbound calls'],
  'inbound-webhook': ['inbound webhook', 'inbound webhooks'],
  oauth: ['OAuth step', 'OAuth steps'],
  'queue-producer': ['queue producer', 'queue producers'],
  'queue-consumer': ['queue consumer', 'queue consumers'],
  'file-exchange': ['file exchange', 'file exchanges'],
}

/** `1 outbound call`, `3 inbound webhooks`. */
export function directionWords(direction: Direction, count: number): string {
  return `${count} ${WORDS[direction][count === 1 ? 0 : 1]}`
}

/** A direction in a few letters, for a column. */
export const DIRECTION_COLUMN: Readonly<Record<Direction, string>> = {
  'outbound-call': 'calls',
  'inbound-webhook': 'webhook',
  oauth: 'oauth',
  'queue-producer': 'produces',
  'queue-consumer': 'consumes',
  'file-exchange': 'files',
}

/** The directions of an integration with their counts, `4 outbound calls, 1 inbound webhook`. */
export function directionsOf({ directions, sites }: Integration): string {
  if (sites.length === 0) return 'no call found'
  return directions
    .map((direction) =>
      directionWords(direction, sites.filter((site) => site.direction === direction).length),
    )
    .join(', ')
}

/** `9 providers, 2 hosts and 34 places in the code`. */
export function inventoryHeadline(integrations: readonly Integration[]): string {
  if (integrations.length === 0) return 'No integrations found'
  const providers = integrations.filter(({ kind }) => kind === 'provider').length
  const hosts = integrations.filter(({ kind }) => kind === 'host').length
  const libraries = integrations.filter(({ kind }) => kind === 'library').length
  const sites = integrations.reduce((sum, one) => sum + one.sites.length, 0)
  const parties = [
    providers === 0 ? '' : countWords(providers, 'provider'),
    hosts === 0 ? '' : countWords(hosts, 'other host'),
    libraries === 0 ? '' : `${libraries} by ${libraries === 1 ? 'a library' : 'libraries'} alone`,
  ].filter((part) => part !== '')
  return `${[...parties, `${countWords(sites, 'place')} in the code`].join(', ')}`
}

/** `npm stripe ^14.1.0, locked at 14.25.0`. */
export function sdkWords({ ecosystem, package: name, declared, locked }: Sdk): string {
  const range = declared === null ? '' : ` ${declared}`
  return `${ecosystem} ${name}${range}${locked === null || locked === declared ? '' : `, locked at ${locked}`}`
}

import type { Site } from '#core/inventory/inventory'
import { byPlace } from '#core/inventory/order'
import type { FoundSite } from '#core/inventory/sites'
import { shortHash } from '#core/text/short-hash'

/** A row of the inventory, and what it was made from. */
export interface SiteRow {
  readonly site: Site
  readonly found: FoundSite
}

/** `inv-` and 12 hex of everything but the line, so that moved code keeps its id. */
export function siteId(
  integration: string,
  { direction, path, symbol, what }: Pick<Site, 'direction' | 'path' | 'symbol' | 'what'>,
): string {
  return `inv-${shortHash([integration, direction, path, symbol ?? '', what], 12)}`
}

/**
 * The places of one integration as rows, by path and line. Their ids survive a move within the file;
 * equal ones are told apart in line order.
 */
export function siteRows(integration: string, sites: readonly FoundSite[]): readonly SiteRow[] {
  const seen = new Map<string, number>()
  return [...sites].sort(byPlace).map((found) => {
    const { direction, path, line, symbol, what, host, data } = found
    const id = siteId(integration, found)
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    const site = {
      ...{ id: count === 1 ? id : `${id}#${count}`, direction, path, line, symbol, what, host },
      data: [...data],
    }
    return { site, found }
  })
}

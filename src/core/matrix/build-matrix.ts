import type { Fact } from '#core/facts/fact'
import type { InventoryInput } from '#core/inventory/build-inventory'
import type { Direction } from '#core/inventory/inventory'
import { createNames } from '#core/inventory/names'
import { byPlace } from '#core/inventory/order'
import { integrationId } from '#core/inventory/owner'
import { createParties } from '#core/inventory/party'
import { type SiteRow, siteRows } from '#core/inventory/site-rows'
import { type FoundSite, sitesOf } from '#core/inventory/sites'
import { type CallGraph, createCallGraph } from '#core/matrix/call-graph'
import { callRow } from '#core/matrix/call-row'
import { callUnit } from '#core/matrix/call-unit'
import { viewOfCall } from '#core/matrix/call-view'
import { handlersIn } from '#core/matrix/handler-rows'
import type { CallRow, HandlerRow } from '#core/matrix/matrix'
import { isNoCall } from '#core/matrix/no-calls'
import type { Catalog } from '#core/providers/catalog'
import type { Code } from '#core/rules/code'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'

/** What the matrix is made of: the code of the inventory, and what is known of its providers. */
export type MatrixInput = Pick<InventoryInput, 'code' | 'around' | 'catalog' | 'declared'> & {
  readonly providers: ProviderKnowledge
}

/** Ways on which something leaves this system and may fail. */
const LEAVES: ReadonlySet<Direction> = new Set<Direction>([
  'outbound-call',
  'oauth',
  'queue-producer',
  'file-exchange',
])

/** What is called and what answers. */
export interface Rows {
  readonly calls: readonly CallRow[]
  readonly handlers: readonly HandlerRow[]
}

/** The calls and handlers of a repository or of a part of it, with what protects each, by path and line. */
export function buildMatrix(input: MatrixInput): Rows {
  const { code, catalog, providers } = input
  const seen: Code = { ...code, files: new Map([...(input.around?.files ?? []), ...code.files]) }
  const namesOf = createNames(seen, createParties(catalog), input.declared ?? null)
  const sites = [...code.files.values()].flatMap((file) => sitesOf(file, namesOf(file), catalog))
  const byOwner = Map.groupBy(sites, ({ owner }) => integrationId(owner))
  const rows = [...byOwner].flatMap(([id, found]) => siteRows(id, found))
  const graph = createCallGraph(seen)
  const requests = rowsByPath(rows)
  const calls = rows.flatMap((row) => rowOfCall(row, graph, catalog)).sort(byPlace)
  const byLine = new Map(calls.map((row) => [`${row.path}:${row.line}`, row]))
  return {
    calls,
    handlers: [
      ...handlersIn({
        rows,
        graph,
        catalog,
        providers,
        callAt: (path, line) => byLine.get(`${path}:${line}`) ?? null,
        requestsIn: ({ path }) => requests.get(path) ?? [],
      }),
    ].sort(byPlace),
  }
}

/** What goes out, by the file that it stands in. */
function rowsByPath(rows: readonly SiteRow[]): ReadonlyMap<string, readonly Fact[]> {
  const calls = rows.flatMap(({ site, found }) =>
    found.cause.kind === 'request' &&
    LEAVES.has(site.direction) &&
    site.direction !== 'queue-producer'
      ? [found.cause.request.fact]
      : [],
  )
  return Map.groupBy(calls, ({ path }) => path)
}

function rowOfCall(
  { site, found }: SiteRow,
  graph: CallGraph,
  catalog: Catalog,
): readonly CallRow[] {
  const { cause } = found
  const file = graph.code.files.get(site.path)
  if (cause.kind !== 'request' || !LEAVES.has(site.direction) || file === undefined) return []
  if (isNoCall(cause.request, file)) return []
  const view = viewOfCall(callUnit(graph, file, cause.request), found.owner, catalog)
  return [
    callRow(view, { site, integration: integrationId(found.owner), name: nameOf(found, catalog) }),
  ]
}

function nameOf({ owner, host }: FoundSite, catalog: Catalog): string {
  if (owner.kind === 'provider') return catalog.get(owner.name)?.names[0] ?? owner.name
  return owner.kind === 'unaddressed' ? (host ?? 'address not in the code') : owner.name
}

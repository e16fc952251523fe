import { type FoundVersion, versionsIn } from '#core/inventory/api-versions'
import { checksOf, clientsOf, type FoundCheck, type FoundClient } from '#core/inventory/clients'
import { type FoundKey, keysInCode, keysInSample } from '#core/inventory/environment-keys'
import { Direction, type Integration, type Inventory } from '#core/inventory/inventory'
import { createNames, type Names } from '#core/inventory/names'
import { byPlace, order } from '#core/inventory/order'
import { integrationId, type Owner } from '#core/inventory/owner'
import { type FoundPackage, providerPackages } from '#core/inventory/packages'
import { createParties } from '#core/inventory/party'
import { siteRows } from '#core/inventory/site-rows'
import { type FoundSite, sitesOf } from '#core/inventory/sites'
import type { Declared } from '#core/inventory/unknown-clients'
import type { Catalog } from '#core/providers/catalog'
import type { Code, CodeFile } from '#core/rules/code'
import type { SourceText } from '#core/text/source-text'

/** What an inventory is made of: code with its facts, and files that are read as they stand. */
export interface InventoryInput {
  readonly code: Code
  /** Files that only say what names stand for, such as a client that the code shares. */
  readonly around?: Code
  /** Manifests and lock files. */
  readonly manifests: readonly SourceText[]
  /** Samples of the environment. */
  readonly samples: readonly SourceText[]
  readonly catalog: Catalog
  /** What the repository calls its own, where all of it was looked at. */
  readonly declared?: Declared
}

/** Everything found about one owner. */
interface Found {
  readonly sites: FoundSite[]
  readonly keys: FoundKey[]
  readonly packages: FoundPackage[]
  readonly versions: FoundVersion[]
  readonly clients: FoundClient[]
  readonly checks: FoundCheck[]
}

/**
 * The integrations of a repository or of a part of it, sorted by kind and name; rows by path and
 * line. The same input gives the same result, whatever order it comes in.
 */
export function buildIntegrations(input: InventoryInput): Inventory['integrations'] {
  const { code, catalog } = input
  const seen: Code = { ...code, files: new Map([...(input.around?.files ?? []), ...code.files]) }
  const namesOf = createNames(seen, createParties(catalog), input.declared ?? null)
  const ledger = createLedger()
  for (const file of code.files.values()) readFile(file, namesOf(file), catalog, ledger)
  for (const key of input.samples.flatMap((sample) => keysInSample(sample, catalog)))
    ledger.of(providerOwner(key.provider)).keys.push(key)
  for (const one of providerPackages(input.manifests, catalog))
    ledger.of(providerOwner(one.provider)).packages.push(one)
  return (
    ledger
      .all()
      .map(({ owner, found }) => integrationOf(owner, found, catalog))
      // A library that is set up and never called is no integration that one could point at.
      .filter(({ kind, sites }) => kind === 'provider' || sites.length > 0)
      .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || order(a.id, b.id))
  )
}

interface Ledger {
  of(owner: Owner): Found
  all(): readonly { readonly owner: Owner; readonly found: Found }[]
}

function createLedger(): Ledger {
  const byOwner = new Map<string, { owner: Owner; found: Found }>()
  return {
    of(owner) {
      const id = integrationId(owner)
      const known = byOwner.get(id) ?? { owner, found: nothing() }
      byOwner.set(id, known)
      return known.found
    },
    all: () => [...byOwner.values()],
  }
}

const nothing = (): Found => ({
  sites: [],
  keys: [],
  packages: [],
  versions: [],
  clients: [],
  checks: [],
})

function readFile(file: CodeFile, names: Names, catalog: Catalog, ledger: Ledger): void {
  const sites = sitesOf(file, names, catalog)
  const clients = clientsOf(file, names, catalog)
  for (const site of sites) ledger.of(site.owner).sites.push(site)
  for (const client of clients) ledger.of(client.owner).clients.push(client)
  for (const key of keysInCode(file, catalog)) ledger.of(providerOwner(key.provider)).keys.push(key)
  for (const one of versionsIn(file, names, catalog))
    ledger.of(providerOwner(one.provider)).versions.push(one)
  const receivers = sites.filter(({ direction }) => direction === 'inbound-webhook')
  const owners = new Map(receivers.map(({ owner }) => [integrationId(owner), owner]))
  const [receiver] = owners.values()
  // Where a file receives from two, nobody can tell whom a check is about.
  if (receiver !== undefined && owners.size === 1)
    ledger.of(receiver).checks.push(...checksOf(file))
}

const KINDS: readonly Integration['kind'][] = ['provider', 'host', 'library', 'unaddressed']
const providerOwner = (name: string): Owner => ({ kind: 'provider', name })

function integrationOf(owner: Owner, found: Found, catalog: Catalog): Integration {
  const id = integrationId(owner)
  const sites = siteRows(id, found.sites).map(({ site }) => site)
  const provider = owner.kind === 'provider' ? catalog.get(owner.name) : null
  const directions = new Set(sites.map(({ direction }) => direction))
  return {
    id,
    kind: owner.kind,
    name:
      provider?.names[0] ?? (owner.kind === 'unaddressed' ? 'Address not in the code' : owner.name),
    category: provider?.category ?? null,
    directions: Direction.options.filter((direction) => directions.has(direction)),
    sites,
    hosts: firstOf(
      sites.flatMap(({ host, path, line }) => (host === null ? [] : [{ host, path, line }])),
      ({ host }) => host,
    ),
    env: firstOf(
      found.keys.map(({ name, path, line }) => ({ name, path, line })),
      ({ name }) => name,
    ),
    sdks: found.packages
      .map(({ provider: _, ...sdk }) => sdk)
      .sort((a, b) => order(a.package, b.package) || byPlace(a, b)),
    apiVersions: firstOf(
      found.versions.map(({ version, path, line }) => ({ version, path, line })),
      ({ version }) => version,
    ),
    clients: firstOf(
      found.clients.map(({ owner: _, settings, ...client }) => ({
        ...client,
        settings: [...settings],
      })),
      ({ name, path }) => `${path} ${name}`,
    ),
    checks: firstOf(
      found.checks.map(({ call, path, line }) => ({ call, path, line })),
      ({ call, path }) => `${path} ${call}`,
    ),
  }
}

/** One row for each name, the first by place, in the order of the names. */
function firstOf<Row extends { readonly path: string; readonly line: number }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): Row[] {
  const first = new Map<string, Row>()
  for (const row of [...rows].sort(byPlace))
    if (!first.has(nameOf(row))) first.set(nameOf(row), row)
  return [...first.values()].sort((a, b) => order(nameOf(a), nameOf(b)))
}

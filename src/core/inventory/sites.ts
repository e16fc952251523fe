import { pathHits } from '#core/filter/path-hits'
import { type Address, addressOf } from '#core/inventory/address'
import { directionOf } from '#core/inventory/directions'
import { type Handler, handlersOf } from '#core/inventory/handlers'
import type { Direction } from '#core/inventory/inventory'
import { type Listener, listenersOf } from '#core/inventory/listeners'
import type { Names } from '#core/inventory/names'
import { NOBODY, type Owner } from '#core/inventory/owner'
import { type Request, requestName, requestsOf } from '#core/inventory/requests'
import { sentData } from '#core/inventory/sent-data'
import { isBrowserCode } from '#core/inventory/where-code-runs'
import type { Catalog } from '#core/providers/catalog'
import type { CodeFile } from '#core/rules/code'

/** A place that speaks to another system, before rows are numbered. */
export interface FoundSite {
  readonly owner: Owner
  readonly direction: Direction
  readonly path: string
  readonly line: number
  readonly symbol: string | null
  readonly what: string
  readonly host: string | null
  readonly data: readonly string[]
  /** What the code does there. */
  readonly cause: Cause
}

/** A request that is made, a handler that answers, or a function that listens to a queue. */
export type Cause =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'handler'; readonly handler: Handler }
  | { readonly kind: 'listener' }

/** Everything in a file that speaks to another system or is spoken to, in the order of the text. */
export function sitesOf(file: CodeFile, names: Names, catalog: Catalog): readonly FoundSite[] {
  const calls = requestsOf(file, names).flatMap((request) =>
    siteOfRequest(file, request, names, catalog),
  )
  const handlers = handlersOf(file, catalog).map((handler) =>
    siteOfHandler(file, handler, names, catalog),
  )
  const handled = new Set(handlers.map(({ owner }) => owner.name))
  const checks = calls.filter(({ direction }) => direction === 'inbound-webhook')
  const unheard = new Set(checks.filter(({ owner }) => !handled.has(owner.name)))
  const listeners = listenersOf(file).map((listener) => siteOfListener(file, listener, names))
  return [...calls, ...handlers, ...listeners]
    .filter((site) => !checks.includes(site) || unheard.has(site))
    .sort((a, b) => a.line - b.line)
}

/** What SDKs call the check of a delivery: whoever calls it receives webhooks. */
const CHECKS_DELIVERY =
  /^(?:construct_?event(?:_?async)?|(?:verify|validate)_?(?:webhook|request|signature|hmac)\w*|unwrap)$/i

function siteOfRequest(
  file: CodeFile,
  request: Request,
  names: Names,
  catalog: Catalog,
): readonly FoundSite[] {
  const address = addressOf(file, request, names)
  const { party } = request
  if (party.role === 'http' && isOwnApi(file, request, address)) return []
  const named = address.host === null ? null : catalog.byHost(address.host)
  const owner =
    party.role === 'http'
      ? ownerOfHttp(file, address, catalog)
      : ownerOfParty(party.kind, named ?? party.id, named !== null)
  return [
    {
      owner,
      direction: receives(request, owner, catalog)
        ? 'inbound-webhook'
        : directionOf(request, address),
      path: file.path,
      line: request.fact.line,
      symbol: request.fact.scope?.name ?? null,
      what: requestName(request),
      host: address.host,
      data: sentData(request.args, file.language),
      cause: { kind: 'request', request },
    },
  ]
}

function receives({ steps }: Request, owner: Owner, catalog: Catalog): boolean {
  const verb = steps.at(-1)?.name ?? ''
  if (owner.kind !== 'provider') return false
  const helpers = catalog.facts(owner.name).webhooks?.verifyHelpers?.value ?? []
  return CHECKS_DELIVERY.test(verb) || helpers.includes(verb)
}

/** A path without a host, or a place that runs in a browser: the application calls itself. */
function isOwnApi(file: CodeFile, request: Request, { host, path }: Address): boolean {
  if (host !== null) return false
  if (readsFile(request) || isBrowserCode(file)) return true
  return path !== null && (request.bound === null || request.bound.origin === 'import')
}

/** PHP reads files by the function that also asks hosts. */
function readsFile({ steps, args }: Request): boolean {
  return (
    steps[0]?.name === 'file_get_contents' && !/https?:|ur[il]|endpoint|host/i.test(args[0] ?? '')
  )
}

const ownerOfParty = (kind: Owner['kind'], name: string, isProvider: boolean): Owner => ({
  kind: isProvider ? 'provider' : kind,
  name,
})

/** Plain HTTP goes to whoever the address names, else to whoever the key or the file names. */
function ownerOfHttp(
  file: CodeFile,
  address: { host: string | null; source: string | null },
  catalog: Catalog,
): Owner {
  const byHost = address.host === null ? null : catalog.byHost(address.host)
  if (byHost !== null) return { kind: 'provider', name: byHost }
  if (address.host !== null) return { kind: 'host', name: address.host }
  const byKey = address.source === null ? null : catalog.byEnv(address.source)
  const named = byKey ?? namedProvider(file.path, catalog)
  return named === null ? NOBODY : { kind: 'provider', name: named }
}

/** The provider that a file is called after. */
function namedProvider(path: string, catalog: Catalog): string | null {
  const ids = new Set(pathHits(path, catalog).flatMap(({ provider }) => provider ?? []))
  const [only] = ids
  return ids.size === 1 ? (only ?? null) : null
}

function siteOfHandler(
  file: CodeFile,
  handler: Handler,
  names: Names,
  catalog: Catalog,
): FoundSite {
  const { fact, direction, label } = handler
  const provider = providerOfHandler(file, handler, names, catalog)
  return {
    owner: provider === null ? NOBODY : { kind: 'provider', name: provider },
    direction,
    path: file.path,
    line: fact.line,
    symbol: fact.captures['name'] ?? fact.scope?.name ?? null,
    what: label,
    host: null,
    data: [],
    cause: { kind: 'handler', handler },
  }
}

function siteOfListener(file: CodeFile, { line, what, broker }: Listener, names: Names): FoundSite {
  const library = names.bound.find(({ party }) => party.role === 'queue')?.party
  const known: Owner = library === undefined ? NOBODY : { kind: library.kind, name: library.id }
  return {
    owner: broker === null ? known : { kind: 'provider', name: broker },
    ...{ direction: 'queue-consumer', path: file.path, line, symbol: null, what },
    ...{ host: null, data: [], cause: { kind: 'listener' } },
  }
}

/** By the words of the route and the file, a signature header, else the only SDK of the file. */
function providerOfHandler(
  file: CodeFile,
  { direction, words, text }: Handler,
  names: Names,
  catalog: Catalog,
): string | null {
  const said = namedProvider(`${words.replaceAll(/[^\w/.-]/g, '/')}/x`, catalog)
  const byPath = said ?? namedProvider(file.path, catalog)
  if (byPath !== null) return byPath
  for (const [, word = ''] of text.matchAll(/["'`]([A-Za-z][\w-]{4,60})["'`]/g)) {
    const owner = catalog.byHeader(word.replace(/^HTTP_/, '').replaceAll('_', '-'))
    if (owner !== null) return owner
  }
  // A login may be anybody's; a webhook is most likely of whose SDK is at hand.
  if (direction === 'oauth') return null
  const sdks = new Set(
    names.bound.flatMap(({ party }) =>
      party.kind === 'provider' && party.role === 'sdk' ? [party.id] : [],
    ),
  )
  const [only] = sdks
  return sdks.size === 1 ? (only ?? null) : null
}

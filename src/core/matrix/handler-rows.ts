import type { Span } from '#core/facts/fact'
import { integrationId, NOBODY, type Owner } from '#core/inventory/owner'
import { type SiteRow, siteId } from '#core/inventory/site-rows'
import type { CallGraph } from '#core/matrix/call-graph'
import { checkedTakers } from '#core/matrix/checked-takers'
import { deliveryOf } from '#core/matrix/delivery'
import { type Entrance, entranceOf } from '#core/matrix/entrance'
import { handlerRow } from '#core/matrix/handler-row'
import { handlerUnit } from '#core/matrix/handler-unit'
import { listenersIn } from '#core/matrix/listeners'
import type { CallRow, HandlerRow } from '#core/matrix/matrix'
import type { Framework } from '#core/matrix/way'
import type { Catalog } from '#core/providers/catalog'
import { mayBeCheckedElsewhere } from '#core/rules/checked-elsewhere'
import { type CodeFile, factsOf } from '#core/rules/code'
import type { View } from '#core/rules/observation'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** What the rows of handlers are made from. */
interface HandlersOf {
  readonly rows: readonly SiteRow[]
  readonly graph: CallGraph
  readonly catalog: Catalog
  readonly providers: ProviderKnowledge
  readonly requestsIn: (file: CodeFile) => readonly Span[]
  readonly callAt: (path: string, line: number) => CallRow | null
}

interface Found {
  readonly entrance: Entrance
  readonly owner: Owner
  readonly what: string
  /** The inventory's id of the place, where it has one. */
  readonly id: string | null
  readonly seenAs: WebhookHandler | null
  readonly framework: Framework | null
}

/** A row for each function that webhooks are delivered to, whichever way it was found. */
export function handlersIn(input: HandlersOf): readonly HandlerRow[] {
  const found = [...byListener(input), ...byRoute(input), ...byName(input), ...byCheck(input)]
  const known = new Map<string, Found>()
  for (const one of found) {
    const { body } = one.entrance
    // An exported function and its export begin at different places of a line.
    const key = `${body.file.path}:${body.fact.line}:${body.fact.end}`
    const before = known.get(key)
    if (before === undefined) known.set(key, one)
    else
      known.set(key, {
        ...before,
        seenAs: before.seenAs ?? one.seenAs,
        owner: before.owner.kind === 'provider' ? before.owner : one.owner,
      })
  }
  const rows = [...known.values()].map((one) => ({ one, ...rowOf(input, one) }))
  return rows.flatMap(({ one, row }) => {
    const { file, fact } = one.entrance.body
    // What a route runs before its handler takes a request too, and is no handler.
    const isBefore =
      one.id === null && rows.some((other) => other.one !== one && isReadBy(other.read, file, fact))
    return isBefore || isNoHandler(one, row) ? [] : [row]
  })
}

/** What is handed on by the function that middleware is made of: `next()`. */
const HANDS_ON = /\bnext\(/

/** Whether a function was read on the way of a delivery, or makes what is run there. */
function isReadBy(read: ReadonlySet<string>, file: CodeFile, { start, end }: Span): boolean {
  if (read.has(`${file.path}:${start}:${end}`)) return true
  if (!HANDS_ON.test(file.text.slice(start, end))) return false
  return factsOf(file, 'function').some(
    (one) =>
      one.start < start && one.end >= end && read.has(`${file.path}:${one.start}:${one.end}`),
  )
}

/** Names of functions that send webhooks or keep those of users. */
const SENDS =
  /^_?(?:create|get|list|find|generate|trigger|send|dispatch|build|fetch|update|delete|remove|register|test|retry|resend|emit|notify|deliver|redeliver|new|modify|edit|bulk|handle_?[tT]rigger|handlerTrigger)\w*[wW]eb_?[hH]ooks?\w*/i
/** Parts of routes by which people keep webhooks of their own. */
const MANAGES = /web_?hooks?\/(?:bulk|new|create|edit|remove|redeliver)\b|\/redeliver\b/i
const FORM = /web_?hook_?(?:form|settings?|config\w*|list|edit|new|add)$/i
/** What a framework calls when it has no answer. */
const ANSWERS_ERRORS = /error_?hook$|not_?found\w*hook$/i
/** Files of routes by which people keep webhooks of their own. */
const KEEPS = /\/web_?hooks?(?:\/\[[^\]]*\])?\/route\.\w+$/i

/** Only by its name is it thought to be one, and it looks at no sender and takes no request. */
function isNoHandler({ id, owner, framework, what }: Found, row: HandlerRow): boolean {
  if (framework !== null || owner.kind === 'provider') return false
  if (row.cells.signature?.state === 'protected') return false
  if (
    SENDS.test(row.symbol ?? what) ||
    KEEPS.test(row.path) ||
    MANAGES.test(what) ||
    FORM.test(row.symbol ?? '') ||
    ANSWERS_ERRORS.test(row.symbol ?? what)
  )
    return true
  if (id !== null) return false
  return row.cells['raw-body']?.state === 'unknown' && row.cells['in-time']?.state !== 'protected'
}

function byListener({ graph }: HandlersOf): readonly Found[] {
  return listenersIn(graph).map(
    ({ entrance, provider, what, framework }): Found => ({
      ...{ entrance, what, framework, id: null, seenAs: null },
      owner: { kind: 'provider', name: provider },
    }),
  )
}

function byRoute({ rows, graph }: HandlersOf): readonly Found[] {
  return rows.flatMap(({ site, found }) => {
    const file = graph.code.files.get(site.path)
    if (
      found.cause.kind !== 'handler' ||
      site.direction !== 'inbound-webhook' ||
      file === undefined
    )
      return []
    const entrance = entranceOf(graph, file, found.cause.handler)
    if (entrance === null) return []
    return [
      { entrance, owner: found.owner, what: site.what, id: site.id, seenAs: null, framework: null },
    ]
  })
}

function byCheck({ graph, catalog, requestsIn }: HandlersOf): readonly Found[] {
  return checkedTakers({ graph, requestsIn }, catalog).map(
    ({ entrance, provider, what }): Found => ({
      ...{ entrance, what, id: null, seenAs: null, framework: null },
      owner: { kind: 'provider', name: provider },
    }),
  )
}

function byName({ graph, providers }: HandlersOf): readonly Found[] {
  return [...graph.code.files.values()].flatMap((file) => {
    const view: View = { file, code: graph.code, providers, secrets: [] }
    return webhookHandlers(view).map((handler): Found => {
      const provider = handler.provider?.id ?? null
      return {
        entrance: entranceOf(graph, file, handler) ?? asWritten(file, handler),
        owner: provider === null ? NOBODY : { kind: 'provider', name: provider },
        what: handler.label,
        id: null,
        seenAs: handler,
        framework: null,
      }
    })
  })
}

function asWritten(file: CodeFile, { body, fact }: WebhookHandler): Entrance {
  const { start, end, line, endLine } = body
  return { file, fact, body: { file, fact: { ...fact, start, end, line, endLine } } }
}

function rowOf(
  input: HandlersOf,
  { entrance, owner, what, id, seenAs, framework }: Found,
): { readonly row: HandlerRow; readonly read: ReadonlySet<string> } {
  const { graph, catalog, providers } = input
  const unit = handlerUnit(graph, entrance)
  const provider = owner.kind === 'provider' ? catalog.get(owner.name) : null
  const { file, fact } = unit
  const { moments, hasWorker, read } = deliveryOf({ graph, requestsIn: input.requestsIn }, unit)
  const view: View = { file, code: graph.code, providers, secrets: [] }
  const symbol = fact.captures['name'] ?? fact.scope?.name ?? null
  const integration = integrationId(owner)
  const row = handlerRow(
    {
      moments,
      hasWorker,
      at: { path: file.path, line: fact.line },
      end: { path: unit.body.file.path, line: unit.body.fact.endLine },
      facts: provider === null ? {} : catalog.facts(provider.id),
      sender: provider?.names[0] ?? null,
      framework,
      unseen: seenAs !== null && mayBeCheckedElsewhere(view, seenAs),
    },
    {
      site: {
        id:
          id ??
          siteId(integration, { direction: 'inbound-webhook', path: file.path, symbol, what }),
        ...{ path: file.path, line: fact.line, symbol, what },
      },
      within: { startLine: unit.body.fact.line, endLine: unit.body.fact.endLine },
      integration,
      callAt: input.callAt,
      name: provider?.names[0] ?? 'unknown sender',
    },
  )
  return { row, read }
}

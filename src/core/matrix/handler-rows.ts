import type { Span } from '#core/facts/fact'
import { integrationId, NOBODY, type Owner } from '#core/inventory/owner'
import type { SiteRow } from '#core/inventory/site-rows'
import type { CallGraph } from '#core/matrix/call-graph'
import { momentsOf } from '#core/matrix/delivery-moments'
import { handlerRow } from '#core/matrix/handler-row'
import { type Entrance, entranceOf, handlerUnit } from '#core/matrix/handler-unit'
import type { CallRow, HandlerRow } from '#core/matrix/matrix'
import type { Catalog } from '#core/providers/catalog'
import { mayBeCheckedElsewhere } from '#core/rules/checked-elsewhere'
import type { CodeFile } from '#core/rules/code'
import type { View } from '#core/rules/observation'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'
import { shortHash } from '#core/text/short-hash'

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
}

/** A row for each function that webhooks are delivered to, whichever way it was found. */
export function handlersIn(input: HandlersOf): readonly HandlerRow[] {
  const found = [...byRoute(input), ...byName(input)]
  const known = new Map<string, Found>()
  for (const one of found) {
    const { body } = one.entrance
    const key = `${body.file.path}:${body.fact.start}`
    const before = known.get(key)
    if (before === undefined) known.set(key, one)
    else
      known.set(key, {
        ...before,
        seenAs: before.seenAs ?? one.seenAs,
        owner: before.owner.kind === 'provider' ? before.owner : one.owner,
      })
  }
  return [...known.values()].map((one) => rowOf(input, one))
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
    return [{ entrance, owner: found.owner, what: site.what, id: site.id, seenAs: null }]
  })
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
      }
    })
  })
}

function asWritten(file: CodeFile, { body, fact }: WebhookHandler): Entrance {
  const { start, end, line, endLine } = body
  return { file, fact, body: { file, fact: { ...fact, start, end, line, endLine } } }
}

function rowOf(input: HandlersOf, { entrance, owner, what, id, seenAs }: Found): HandlerRow {
  const { graph, catalog, providers } = input
  const unit = handlerUnit(graph, entrance)
  const provider = owner.kind === 'provider' ? catalog.get(owner.name) : null
  const { file, fact } = unit
  const moments = momentsOf({ graph, requestsIn: input.requestsIn }, unit.regions)
  const view: View = { file, code: graph.code, providers, secrets: [] }
  const symbol = fact.captures['name'] ?? fact.scope?.name ?? null
  const integration = integrationId(owner)
  return handlerRow(
    {
      moments,
      at: { path: file.path, line: fact.line },
      end: { path: unit.body.file.path, line: unit.body.fact.endLine },
      facts: provider === null ? {} : catalog.facts(provider.id),
      sender: provider?.names[0] ?? null,
      checkedByFramework: checkOf(file),
      unseen: seenAs !== null && mayBeCheckedElsewhere(view, seenAs),
    },
    {
      site: {
        id:
          id ??
          `inv-${shortHash([integration, 'inbound-webhook', file.path, symbol ?? '', what], 12)}`,
        ...{ path: file.path, line: fact.line, symbol, what },
      },
      within: { startLine: unit.body.fact.line, endLine: unit.body.fact.endLine },
      integration,
      callAt: input.callAt,
      name: provider?.names[0] ?? 'unknown sender',
    },
  )
}

/** Probot verifies every delivery before a listener runs: https://probot.github.io/docs/webhooks/. */
function checkOf(file: CodeFile): string | null {
  return file.facts.some(({ kind, text }) => kind === 'import' && /["']probot["']/.test(text))
    ? 'Probot checks the sender before'
    : null
}

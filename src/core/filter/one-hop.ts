import type { FileDiff } from '#core/diff/diff'
import { changedLines } from '#core/diff/line-sets'
import { pathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import { plainReason } from '#core/filter/plain-reason'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'
import { THRESHOLD } from '#core/filter/weigh'

/** A module that is integration code, and how we know: a clause such as `imports stripe`. */
export interface IntegrationModule {
  readonly because: string
  readonly provider: string | null
}

/**
 * A caller of an integration is often code of the domain: one import, and a second one too, stay
 * below the threshold by themselves.
 */
const HOP_WEIGHT = 0.38
const TYPE_FACTOR = 0.5
/** From this score on, one more hint can decide. */
const DOUBT = 0.25
const MAX_DETAIL = 200

/** What speaks of another system. Hashing, tokens and retries alone are also an own helper's. */
const OUTSIDE: ReadonlySet<string> = new Set([
  'path',
  'provider-sdk',
  'http-client',
  'outbound-call',
  'rpc-client',
  'host',
  'webhook',
  'oauth',
  'queue',
  'mail',
  'storage',
  'memory',
])

/** The changed files that are integration code by themselves. */
export function selectedModules(selection: Selection): ReadonlyMap<string, IntegrationModule> {
  return new Map(selection.flatMap((one) => (isModule(one) ? [[one.path, moduleOf(one)]] : [])))
}

function isModule({ path, decision, reasons }: FileDecision): boolean {
  const { kind, test, stand } = pathFacts(path)
  const forced = reasons[0]?.signal === 'include'
  const speaks = reasons.some(({ signal }) => OUTSIDE.has(signal))
  return decision === 'selected' && kind === 'source' && !test && !stand && !forced && speaks
}

/** A decision as the reason of its callers. */
function moduleOf({ reasons, providers }: FileDecision): IntegrationModule {
  const first = reasons.find(({ signal }) => OUTSIDE.has(signal))
  const [provider = null] = providers
  const because = first === undefined ? 'is integration code' : plainReason(first)
  return { because, provider: providers.length === 1 ? provider : null }
}

/**
 * Whether an import could matter for a file: code of a server that speaks a little for itself.
 * Tests, stand-ins and what runs in a browser call integrations all the time.
 */
export function isInDoubt({ path, decision, score, reasons }: FileDecision): boolean {
  if (decision === 'selected' || score < DOUBT || score >= THRESHOLD) return false
  return mayCall(path) && !reasons.some(({ signal }) => signal === 'front-end' || signal === 'view')
}

function mayCall(path: string): boolean {
  const { kind, test, stand, migration } = pathFacts(path)
  return (kind === 'source' || kind === 'view') && !test && !stand && !migration
}

/** What the imports of a file say: each integration module that it uses, and why that is one. */
export function hopHits(
  file: FileDiff,
  edges: readonly ImportEdge[],
  modules: ReadonlyMap<string, IntegrationModule>,
): readonly Hit[] {
  if (!mayCall(file.path)) return []
  const uses = edges.flatMap((edge) => {
    const module = edge.to === file.path ? undefined : modules.get(edge.to)
    return module === undefined ? [] : [{ edge, module }]
  })
  if (uses.length === 0) return []
  const changed = changedLines(file, 'RIGHT')
  return uses.map(({ edge, module: { because, provider } }) => ({
    signal: 'imports-integration',
    detail: `uses ${edge.to}, which ${because}`.slice(0, MAX_DETAIL),
    weight: edge.typeOnly ? HOP_WEIGHT * TYPE_FACTOR : HOP_WEIGHT,
    reach: 'part',
    line: edge.line,
    changed: changed.has(edge.line),
    provider,
  }))
}

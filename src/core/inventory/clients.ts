import { addressOf } from '#core/inventory/address'
import { stepsOf } from '#core/inventory/callee'
import type { FoundPlace } from '#core/inventory/found-place'
import type { Names } from '#core/inventory/names'
import type { Bound } from '#core/inventory/own-names'
import type { Owner } from '#core/inventory/owner'
import type { Catalog } from '#core/providers/catalog'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A client that code makes, with the settings that decide how it behaves when the other side is slow. */
export interface FoundClient extends FoundPlace {
  readonly owner: Owner
  readonly name: string
  /** As written, such as `timeout: 10_000`. */
  readonly settings: readonly string[]
}

/** A call that checks who sent a request. */
export interface FoundCheck extends FoundPlace {
  readonly call: string
}

const SETTING =
  /\b(timeout|timeoutMs|timeout_ms|connect_timeout|read_timeout|max_?retries|maxNetworkRetries|max_network_retries|retries|maxAttempts|max_attempts)["']?\s*(?::|=>|=)\s*(\d[\d_]{0,9})\b/gi
const MAX_SETTINGS = 6
/** Calls that look at a signature, whoever wrote them. */
const CHECKS =
  /^(?:construct_?event\w*|\w*(?:verif|validat)\w*(?:webhook|signature|hmac|request|hook)\w*|verify|timing_?safe_?equal|compare_digest|hash_equals|secure_?compare|fixed_?time_?equals|constant_?time_?compare|(?:webhook|svix)\w*verif\w*|verify\w+)$/i

/** The clients that a file makes for itself or for others, each by the name it is bound to. */
export function clientsOf(file: CodeFile, names: Names, catalog: Catalog): readonly FoundClient[] {
  return names.bound.flatMap((bound) => {
    const made = bound.construction
    if (made === null || made.path !== file.path || bound.name.endsWith('()')) return []
    const owner = ownerOfClient(file, bound, names, catalog)
    if (owner === null) return []
    const settings = [...made.text.slice(0, 4_000).matchAll(SETTING)]
      .map((match) => `${match[1]}: ${match[2]}`)
      .slice(0, MAX_SETTINGS)
    return [{ owner, name: bound.name, settings, path: file.path, line: made.line }]
  })
}

function ownerOfClient(file: CodeFile, bound: Bound, names: Names, catalog: Catalog): Owner | null {
  const { party, construction } = bound
  if (party.role !== 'http') return { kind: party.kind, name: party.id }
  if (construction === null) return null
  const request = { fact: construction, steps: [], party, bound, args: construction.args }
  const { host } = addressOf(file, request, names)
  if (host === null) return null
  const provider = catalog.byHost(host)
  return provider === null ? { kind: 'host', name: host } : { kind: 'provider', name: provider }
}

/** The calls of a file that check a sender, in the order of the text. */
export function checksOf(file: CodeFile): readonly FoundCheck[] {
  return factsOf(file, 'call').flatMap((fact) => {
    const steps = stepsOf(fact.captures['callee'] ?? '')
    const last = steps.at(-1)?.name ?? ''
    if (!CHECKS.test(last) || steps.some(({ called }) => called)) return []
    return [{ call: steps.map(({ name }) => name).join('.'), path: file.path, line: fact.line }]
  })
}

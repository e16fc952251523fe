import type { FileDiff } from '#core/diff/diff'
import { changedLines } from '#core/diff/line-sets'
import { wordsIn } from '#core/filter/code-vocabulary'
import { pathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import { folderOf, nameOf } from '#core/filter/path-index'
import { plainReason } from '#core/filter/plain-reason'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'
import { THRESHOLD } from '#core/filter/weigh'

/** A module that is integration code, and how we know: a clause such as `imports stripe`. */
export interface IntegrationModule {
  readonly because: string
  readonly provider: string | null
  /** Surely one: what is named like a part of it and uses it is one as well. */
  readonly sure: boolean
  /** Nothing but the name of its folder says so, which says the same of its neighbours. */
  readonly byFolder: boolean
}

/**
 * A caller of an integration is often code of the domain: one import, and a second one too, stay
 * below the threshold by themselves.
 */
const HOP_WEIGHT = 0.38
const TYPE_FACTOR = 0.5
/** Where the changed lines themselves use a sure one. */
const CALLED_WEIGHT = 0.42
/** Where the file is also named for such work, or after the same partner. */
const PART_WEIGHT = 0.52
/** Where the file is itself a kind of a sure one. */
const HEIR_WEIGHT = 0.6
const SURE = 0.6
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
  const { kind, test, stand, catchAll } = pathFacts(path)
  // Everything meets there, and everybody uses it.
  if (catchAll) return false
  const forced = reasons[0]?.signal === 'include'
  const speaks = reasons.some(({ signal }) => OUTSIDE.has(signal))
  return decision === 'selected' && kind === 'source' && !test && !stand && !forced && speaks
}

/** A decision as the reason of its callers. */
function moduleOf({ reasons, providers, score }: FileDecision): IntegrationModule {
  const first = reasons.find(({ signal }) => OUTSIDE.has(signal))
  const [provider = null] = providers
  const because = first === undefined ? 'is integration code' : plainReason(first)
  const byFolder = !reasons.some(
    ({ signal, detail }) => OUTSIDE.has(signal) && !detail.startsWith('folder '),
  )
  const one = providers.length === 1 ? provider : null
  return { because, provider: one, sure: score >= SURE, byFolder }
}

/**
 * Whether an import could matter for a file: code of a server that speaks a little for itself.
 * Tests, stand-ins and what runs in a browser call integrations all the time.
 */
export function isInDoubt({ path, decision, score, reasons }: FileDecision): boolean {
  if (decision === 'selected' || score >= THRESHOLD) return false
  if (score < DOUBT && !isWorker(path)) return false
  return mayCall(path) && !reasons.some(({ signal }) => signal === 'front-end' || signal === 'view')
}

export function mayCall(path: string): boolean {
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
    const module = edge.to === file.path || isOfAll(edge) ? undefined : modules.get(edge.to)
    return module === undefined ? [] : [{ edge, module }]
  })
  if (uses.length === 0) return []
  const changed = changedLines(file, 'RIGHT')
  const words = changedWords(file)
  return uses.map(({ edge, module }) => {
    const touched = edge.line === null || changed.has(edge.line)
    const called = module.sure && (touched || words.has(plain(nameOf(edge.to))))
    return hopHit(edge, module, { touched, called })
  })
}

/** What every class of its kind extends, whatever it is for: `ApplicationJob`, `BaseController`. */
const OF_ALL =
  /^application_?(?:job|record|controller|mailer|service|helper|policy|component)$|^(?:base|abstract)[-_]?(?:job|controller|model|entity|repository|view_?model|activity|fragment|component|command)$|^(?:controller|model|job)$/i
const isOfAll = ({ to, heir }: ImportEdge) => heir && OF_ALL.test(nameOf(to))

function hopHit(
  { from, to, line, typeOnly, heir }: ImportEdge,
  { because, provider, sure }: IntegrationModule,
  { touched, called }: { readonly touched: boolean; readonly called: boolean },
): Hit {
  const part = sure && (heir || isWorker(from) || sharesName(from, to))
  const alone = called ? CALLED_WEIGHT : HOP_WEIGHT
  const named = heir ? HEIR_WEIGHT : PART_WEIGHT
  const weight = part ? named : alone
  return {
    signal: 'imports-integration',
    detail: `${heir ? 'extends' : 'uses'} ${to}, which ${because}`.slice(0, MAX_DETAIL),
    weight: typeOnly ? weight * TYPE_FACTOR : weight,
    reach: part ? 'file' : 'part',
    line,
    changed: touched || called,
    provider,
  }
}

/** What code is called whose work is to deal with other systems, or to do so in the background. */
const WORK: ReadonlySet<string> = new Set(
  [
    'adapter bridge client connector consumer crawler downloader exporter fetcher finder gateway',
    'importer integration job listener mailer notification notifier producer publisher',
    'scraper sender sharing subscriber sync syncer transport uploader worker',
  ]
    .join(' ')
    .split(' '),
)
/** Words that many names share without being about the same. */
const COMMON =
  /^(?:api|app|base|common|config|core|data|default|event|file|handler|helper|http|impl|index|interface|item|list|main|manager|model|module|new|request|response|server|service|store|test|type|user|util|utils)s?$/

/** Folders above a file that tell what is in it. */
const FOLDERS = 2

const singular = (word: string) => word.replace(/s$/, '')

/** Named for such work: its last word, or the last one of the folders that it stands in. */
export function isWorker(path: string): boolean {
  const last = wordsIn(nameOf(path)).at(-1) ?? ''
  const folders = folderOf(path).split('/').slice(-FOLDERS)
  const lasts = [last, ...folders.map((folder) => wordsIn(folder).at(-1) ?? '')]
  return lasts.some((word) => WORK.has(singular(word)))
}

/** Two files are named after the same thing: `ITunesService` and `ITunesConnector`. */
function sharesName(one: string, other: string): boolean {
  const telling = (path: string) =>
    wordsIn(nameOf(path)).filter(
      (word) => word.length > 2 && !COMMON.test(word) && !WORK.has(singular(word)),
    )
  const names = new Set(telling(other))
  return telling(one).some((word) => names.has(word))
}

const plain = (name: string) => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()
const MAX_LINE = 2_000

/** The names in all lines that were added or removed. */
function changedWords({ hunks }: FileDiff): ReadonlySet<string> {
  const lines = hunks.flatMap((hunk) => hunk.lines.filter((line) => /^[+-]/.test(line)))
  return new Set(lines.flatMap((line) => line.slice(0, MAX_LINE).match(/\w{3,}/g) ?? []).map(plain))
}

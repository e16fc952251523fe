import { estimateTokens } from '#core/agent/estimate-tokens'
import type { FindingClass } from '#core/findings/finding'
import { DECISIONS_TOPIC, type Decision, readDecision } from '#core/memory/decision'
import type { JudgedEntry } from '#core/memory/entry-status'
import { MEMORY_INDEX, type MemoryFile } from '#core/memory/memory'
import { pathsNamedIn } from '#core/memory/named-paths'
import type { WaitingLearning } from '#core/plan/plan'

/** Tokens that recalled topics may take of a prompt, by a safe estimate. */
const MAX_RECALLED_TOKENS = 6_000

/** What a change is about, as far as topics are chosen by it. */
export interface Concern {
  /** Ids of providers. */
  readonly providers: ReadonlySet<string>
  /** Paths of the selected files, old names included. */
  readonly paths: ReadonlySet<string>
  readonly classes: ReadonlySet<FindingClass>
}

/** Topics to read before a review. `leftOut` concern the change too and did not fit. */
export interface Chosen {
  readonly topics: readonly MemoryFile[]
  readonly leftOut: readonly string[]
}

/** Topics that concern any change: how this team does things, what was decided, what is odd. */
const ALWAYS: ReadonlySet<string> = new Set(['conventions', DECISIONS_TOPIC, 'quirks'])

/** The subjects under which the classes of findings are written down. */
const SUBJECTS: Readonly<Partial<Record<FindingClass, string>>> = {
  ...{ timeout: 'resilience', 'retry-policy': 'resilience', 'rate-limit': 'resilience' },
  ...{ 'circuit-breaking': 'resilience', 'error-handling': 'resilience' },
  ...{ 'webhook-verification': 'webhooks', 'webhook-ack': 'webhooks', 'event-dedupe': 'webhooks' },
  ...{ 'replay-window': 'webhooks', oauth: 'authentication', jwt: 'authentication' },
  ...{ 'credential-exposure': 'authentication', 'integration-test': 'testing' },
}

/**
 * The topic files that a change concerns, the nearest first, as far as they fit: those of its
 * providers, those that name its files, those about the classes of what was found, and what always
 * concerns. The index is not among them: it is always read.
 */
export function chooseTopics(
  files: readonly MemoryFile[],
  { providers, paths, classes }: Concern,
): Chosen {
  const subjects = new Set<string>([...classes].flatMap((one) => [one, SUBJECTS[one] ?? one]))
  const nearness = (file: MemoryFile): number => {
    const topic = topicOf(file.path)
    if (providers.has(topic)) return 4
    if ([...pathsNamedIn([file]).keys()].some((path) => paths.has(path))) return 3
    if (subjects.has(topic)) return 2
    return ALWAYS.has(topic) ? 1 : 0
  }
  const wanted = files
    .filter((file) => file.path !== MEMORY_INDEX)
    .map((file) => ({ file, near: nearness(file) }))
    .filter(({ near }) => near > 0)
    .toSorted((a, b) => b.near - a.near || (a.file.path < b.file.path ? -1 : 1))
  const topics: MemoryFile[] = []
  const leftOut: string[] = []
  let left = MAX_RECALLED_TOKENS
  for (const { file } of wanted) {
    const tokens = estimateTokens(file.text)
    if (tokens > left) leftOut.push(file.path)
    else {
      left -= tokens
      topics.push(file)
    }
  }
  return { topics, leftOut }
}

/** `crm/hubspot-2.md` is a topic called `hubspot`. */
function topicOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:-\d+)?\.md$/, '')
}

/** A decision that counts, and whose it is. */
export interface DecisionInForce extends Decision {
  /** The id of its entry. */
  readonly entry: string
  /** Login of the maintainer. */
  readonly by: string
}

/** The decisions that count: a maintainer's, in an entry whose line still says the same. */
export function decisionsInForce(entries: readonly JudgedEntry[]): readonly DecisionInForce[] {
  return entries.flatMap(({ entry, status }) => {
    const decision = status === 'active' && entry.by !== null ? readDecision(entry.text) : null
    return decision === null || entry.by === null
      ? []
      : [{ ...decision, entry: entry.id, by: entry.by }]
  })
}

/** Of what waits for a pull request, what its own reviews may know: nothing that a stranger taught. */
export function recalledOfPull<T extends WaitingLearning>(waiting: readonly T[]): readonly T[] {
  return waiting.filter(({ when }) => when !== 'pending')
}

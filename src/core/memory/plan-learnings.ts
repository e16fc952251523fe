import { admitLearning, type Refusal } from '#core/memory/admit-learning'
import { anchorOf, findAnchor } from '#core/memory/line-anchor'
import type { Learning } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import type { PlannedLearning } from '#core/plan/plan'
import { splitLines } from '#core/text/lines'

/** A learning that will not be remembered, and why. */
export interface RefusedLearning extends Refusal {
  readonly learning: Learning
}

/**
 * Decides what may be remembered and when. What a pull request by an author without write
 * permission or from a fork taught is `pending`; what cites a line that stands at the tip of the
 * default branch is written `now`; everything else waits until the pull request merges. What the
 * gate does not admit, or cites a line that is not in the reviewed code, is refused.
 */
export function planLearnings(input: LearningInput): {
  readonly planned: PlannedLearning[]
  readonly refused: RefusedLearning[]
} {
  const planned = new Map<string, PlannedLearning>()
  const refused: RefusedLearning[] = []
  for (const learning of input.learnings) {
    const read = planOne(learning, input)
    if ('reason' in read) refused.push({ learning, ...read })
    else if (!planned.has(entryId(read.text))) planned.set(entryId(read.text), read)
  }
  return { planned: [...planned.values()], refused }
}

/** What planning needs to know besides the learnings. */
export interface LearningInput {
  readonly learnings: readonly Learning[]
  /** The text that the learnings cite: the reviewed head, or the tip for what was read there. */
  readonly reviewed: ReadonlyMap<string, string>
  /** The text of the same files at the tip of the default branch, where they exist there. */
  readonly tip: ReadonlyMap<string, string>
  readonly author: { readonly mayWrite: boolean; readonly fork: boolean }
}

function planOne(learning: Learning, input: LearningInput): PlannedLearning | Refusal {
  const read = admitLearning(learning)
  if (!read.ok) return { reason: read.reason, detail: read.detail }
  const found = locate(learning, input.reviewed, input.tip)
  if (found === null) return NO_SUCH_LINE
  const trusted = input.author.mayWrite && !input.author.fork
  const when = found.atTip ? 'now' : 'at-merge'
  return { ...plain(read.learning), anchor: found.anchor, when: trusted ? when : 'pending' }
}

/** Only what a plan stores. */
function plain({ topic, text, citation, source, author }: Learning): Learning {
  const cited = citation === null ? null : { path: citation.path, line: citation.line }
  return { topic, text, citation: cited, source, ...(author === undefined ? {} : { author }) }
}

const NOWHERE = { anchor: null, atTip: false }
const NO_SUCH_LINE: Refusal = {
  reason: 'citation',
  detail: 'the cited line does not exist in the reviewed code',
}

function locate(
  { citation }: Learning,
  reviewed: ReadonlyMap<string, string>,
  tip: ReadonlyMap<string, string>,
): { readonly anchor: string | null; readonly atTip: boolean } | null {
  if (citation === null) return NOWHERE
  const text = reviewed.get(citation.path)
  const anchor = text === undefined ? null : anchorOf(splitLines(text), citation.line)
  if (anchor === null) return null
  const there = splitLines(tip.get(citation.path) ?? '')
  return { anchor, atTip: findAnchor(anchor, there, citation.line) !== null }
}

type Recitable = Pick<PlannedLearning, 'citation' | 'anchor'>

/**
 * The learnings with their citations moved to where the lines stand now, and those whose line is
 * gone. One without a citation is `found`: it has nothing that could be gone.
 */
export function reciteLearnings<T extends Recitable>(
  learnings: readonly T[],
  texts: ReadonlyMap<string, string>,
): { readonly found: T[]; readonly gone: T[] } {
  const found: T[] = []
  const gone: T[] = []
  for (const learning of learnings) {
    const { citation, anchor } = learning
    if (citation === null) {
      found.push(learning)
      continue
    }
    const lines = splitLines(texts.get(citation.path) ?? '')
    const line = anchor === null ? null : findAnchor(anchor, lines, citation.line)
    if (line === null) gone.push(learning)
    else found.push({ ...learning, citation: { path: citation.path, line } })
  }
  return { found, gone }
}

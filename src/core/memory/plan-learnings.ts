import { anchorOf, findAnchor } from '#core/memory/line-anchor'
import type { Learning } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import type { PlannedLearning } from '#core/plan/plan'
import { splitLines } from '#core/text/lines'

/**
 * Decides when each learning is written. What a pull request by an author without write permission
 * or from a fork taught is `pending`; what cites a line that stands at the tip of the default
 * branch is written `now`; everything else waits until the pull request merges. A learning whose
 * citation does not exist in the reviewed code is dropped: nobody could check it.
 */
export function planLearnings(input: {
  readonly learnings: readonly Learning[]
  /** The reviewed text of the cited files. The inventory is read from the tip and cites that. */
  readonly reviewed: ReadonlyMap<string, string>
  /** The text of the same files at the tip of the default branch, where they exist there. */
  readonly tip: ReadonlyMap<string, string>
  readonly author: { readonly mayWrite: boolean; readonly fork: boolean }
}): PlannedLearning[] {
  const trusted = input.author.mayWrite && !input.author.fork
  const planned = new Map<string, PlannedLearning>()
  for (const learning of input.learnings) {
    const found = locate(learning, input.reviewed, input.tip)
    const id = entryId(learning.text)
    if (found === null || planned.has(id)) continue
    const when = found.atTip ? 'now' : 'at-merge'
    const { topic, text, citation, source } = learning
    planned.set(id, {
      ...{ topic, text, source, anchor: found.anchor },
      citation: citation === null ? null : { path: citation.path, line: citation.line },
      when: trusted ? when : 'pending',
    })
  }
  return [...planned.values()]
}

function locate(
  { citation, source }: Learning,
  reviewed: ReadonlyMap<string, string>,
  tip: ReadonlyMap<string, string>,
): { readonly anchor: string | null; readonly atTip: boolean } | null {
  if (citation === null) return { anchor: null, atTip: false }
  const text = (source === 'inventory' ? tip : reviewed).get(citation.path)
  const anchor = text === undefined ? null : anchorOf(splitLines(text), citation.line)
  if (anchor === null) return null
  const there = splitLines(tip.get(citation.path) ?? '')
  return { anchor, atTip: findAnchor(anchor, there, citation.line) !== null }
}

/**
 * The learnings with their citations moved to where the lines stand now, and those whose line is
 * gone. One without a citation is `found`: it has nothing that could be gone.
 */
export function reciteLearnings(
  learnings: readonly PlannedLearning[],
  texts: ReadonlyMap<string, string>,
): { readonly found: PlannedLearning[]; readonly gone: PlannedLearning[] } {
  const found: PlannedLearning[] = []
  const gone: PlannedLearning[] = []
  for (const learning of learnings) {
    const { citation, anchor } = learning
    if (citation === null || anchor === null) {
      found.push(learning)
      continue
    }
    const line = findAnchor(anchor, splitLines(texts.get(citation.path) ?? ''), citation.line)
    if (line === null) gone.push(learning)
    else found.push({ ...learning, citation: { path: citation.path, line } })
  }
  return { found, gone }
}

import { admitLearning } from '#core/memory/admit-learning'
import { shortHash } from '#core/text/short-hash'
import type { CommitNeeds } from '#flow/commit-memory'
import type { KeptLearning, Log, PendingLearnings } from '#flow/ports'
import type { MemoryHome } from '#flow/pull-request-port'
import { writeMemory } from '#flow/write-memory'

/** What writing down what waits needs from the world. */
export interface WriteDueNeeds extends CommitNeeds {
  readonly memoryHome: () => Promise<MemoryHome>
  readonly pending: Pick<PendingLearnings, 'due' | 'remove'>
  readonly log: Log
}

/** `later`: there were enough commits within the last minute, or more waits than one commit takes. */
export type Due =
  | { readonly kind: 'written' }
  | { readonly kind: 'later'; readonly delayMs: number }
  | { readonly kind: 'kept'; readonly because: string }

/**
 * Writes what the reviews of a repository left for its branch, all in one commit. What the branch
 * refuses stays where it is until the next review; what no longer holds is dropped.
 */
export async function writeDue(needs: WriteDueNeeds, agent: string): Promise<Due> {
  const rows = await needs.pending.due()
  const [first] = rows
  if (first === undefined) return { kind: 'written' }
  const learnings = rows.flatMap((row) => admitted(needs.log, row))
  const result = await writeMemory(
    { ...needs, home: needs.memoryHome },
    {
      agent,
      pull: first.pull,
      trailer: `Tech-Lead-Due: ${shortHash([...rows.map(({ id }) => String(id))], 16)}`,
      learnings,
      edits: [],
    },
  )
  if (result.kind === 'postponed') return { kind: 'later', delayMs: result.delayMs }
  if (result.kind === 'refused') {
    needs.log.warn({ because: result.because }, 'memory commit refused')
    return { kind: 'kept', because: result.because }
  }
  const left = new Set(result.deferred.map(({ text }) => text))
  // A commit of exactly these rows that holds none of them weighed them all: they are not said again.
  const isOver = result.kind === 'committed' && left.size === rows.length
  const settled = isOver ? rows : rows.filter(({ text }) => !left.has(text))
  await needs.pending.remove(settled.map(({ id }) => id))
  return settled.length === rows.length ? { kind: 'written' } : { kind: 'later', delayMs: 0 }
}

/** The gate once more: what waits may be older than the gate is. */
function admitted(log: Log, row: KeptLearning): KeptLearning[] {
  const read = admitLearning(row)
  if (read.ok && read.learning.text === row.text) return [row]
  if (!read.ok) log.warn({ reason: read.reason, detail: read.detail }, 'learning refused')
  return []
}

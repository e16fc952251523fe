import type { SettleJob } from '#core/job/job'
import { admitLearning } from '#core/memory/admit-learning'
import type { DueLearning } from '#flow/commit-memory'
import type { Clock, KeptLearning, Log, PendingLearnings } from '#flow/ports'
import type { MemoryHome } from '#flow/pull-request-port'
import { type MemoryWrite, writeMemory } from '#flow/write-memory'

/** What settling needs from the world. */
export interface SettleNeeds {
  readonly memoryHome: () => Promise<MemoryHome>
  /** Of the pull request that the job is about. */
  readonly pending: PendingLearnings
  /** Has what waits for the branch written soon, by a job of its own. */
  readonly writeLater: () => Promise<unknown>
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal
}

/** `pending`: the branch did not take the commit; the learnings keep waiting for it. */
export type Settled =
  | { readonly kind: 'committed'; readonly sha: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'dropped'; readonly learnings: number }
  | { readonly kind: 'pending'; readonly because: string }

/**
 * What happens to waiting learnings when a pull request ends. Closed without a merge, they are
 * dropped. Merged, they are written in one commit, each citing the line where it stands now; one
 * whose line did not survive is dropped. What an author without write permission taught is written
 * too, because a person with that permission merged it, but only with a line to show for it.
 * What waits for the branch to take it has nothing to do with this end and goes on waiting.
 * A second delivery finds the commit, or nothing that waits.
 */
export async function settlePullRequest(
  needs: SettleNeeds,
  job: SettleJob,
  agent: string,
): Promise<Settled> {
  const { pending } = needs
  const waiting = (await pending.list()).filter(({ when }) => when !== 'branch')
  if (waiting.length === 0) return { kind: 'nothing' }
  if (!job.merged) {
    await pending.remove(waiting.map(({ id }) => id))
    return { kind: 'dropped', learnings: waiting.length }
  }
  const ready = waiting.filter(({ when, citation }) => when !== 'pending' || citation !== null)
  if (ready.length === 0) return { kind: 'nothing' }
  const result = await write(needs, job, agent, ready)
  if (result.kind === 'refused' || result.kind === 'postponed') {
    await keepForBranch(needs, job, ready)
    if (result.kind === 'postponed') await needs.writeLater()
    else needs.log.warn({ because: result.because }, 'memory commit refused')
    return { kind: 'pending', because: result.kind === 'refused' ? result.because : 'it is paced' }
  }
  const later = ready.filter((one) => result.deferred.some(({ text }) => text === one.text))
  await keepForBranch(needs, job, later)
  if (later.length > 0) await needs.writeLater()
  const settled = ready.filter((one) => !later.includes(one))
  await pending.remove(settled.map(({ id }) => id))
  return result.kind === 'committed' ? { kind: 'committed', sha: result.sha } : { kind: 'nothing' }
}

/** From here on the merge is behind them, and only the branch is waited for. */
async function keepForBranch(
  { pending }: SettleNeeds,
  job: SettleJob,
  learnings: readonly KeptLearning[],
): Promise<void> {
  if (learnings.length === 0) return
  const kept = learnings.map(({ id: _id, pull: _pull, ...one }) => ({
    ...one,
    ...{ when: 'branch' as const, merged: true },
  }))
  await pending.add(trailerOf(job), kept)
}

function trailerOf({ repository, pull }: SettleJob): string {
  return `Tech-Lead-Settle: ${repository.id}#${pull}`
}

function write(
  needs: SettleNeeds,
  job: SettleJob,
  agent: string,
  ready: readonly KeptLearning[],
): Promise<MemoryWrite> {
  const learnings = ready.flatMap((learning): DueLearning[] => {
    const read = admitLearning(learning)
    if (read.ok) return [{ ...read.learning, merged: true }]
    needs.log.warn({ reason: read.reason, detail: read.detail }, 'learning refused')
    return []
  })
  const { clock, random, signal, memoryHome } = needs
  return writeMemory(
    { home: memoryHome, clock, random, ...(signal === undefined ? {} : { signal }) },
    { agent, pull: job.pull, trailer: trailerOf(job), learnings, edits: [] },
  )
}

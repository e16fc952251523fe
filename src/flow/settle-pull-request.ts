import type { SettleJob } from '#core/job/job'
import { admitLearning } from '#core/memory/admit-learning'
import type { PlannedLearning } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { commitMemory, type MemoryCommit } from '#flow/commit-memory'
import type { Clock, Log, PendingLearnings } from '#flow/ports'
import type { MemoryHome } from '#flow/pull-request-port'

/** What settling needs from the world. */
export interface SettleNeeds {
  readonly memoryHome: () => Promise<MemoryHome>
  /** Of the pull request that the job is about. */
  readonly pending: PendingLearnings
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal
}

/** `pending`: the branch did not take the commit; the learnings keep waiting. */
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
 * A second delivery finds the commit, or nothing that waits.
 */
export async function settlePullRequest(
  needs: SettleNeeds,
  job: SettleJob,
  agent: string,
): Promise<Settled> {
  const waiting = await needs.pending.list()
  if (waiting.length === 0) return { kind: 'nothing' }
  if (!job.merged) {
    await needs.pending.remove(waiting.map(({ id }) => id))
    return { kind: 'dropped', learnings: waiting.length }
  }
  const ready = waiting.filter(({ when, citation }) => when !== 'pending' || citation !== null)
  if (ready.length === 0) return { kind: 'nothing' }
  const result = await commit(needs, job, agent, admit(needs.log, ready))
  if (result.kind === 'refused') {
    needs.log.warn({ because: result.because }, 'memory commit refused')
    return { kind: 'pending', because: result.because }
  }
  const deferred = new Set(result.deferred.map(({ topic, text }) => `${topic}\n${text}`))
  const settled = ready.filter(({ topic, text }) => !deferred.has(`${topic}\n${text}`))
  await needs.pending.remove(settled.map(({ id }) => id))
  return result.kind === 'committed' ? { kind: 'committed', sha: result.sha } : { kind: 'nothing' }
}

function admit(log: Log, learnings: readonly PlannedLearning[]): PlannedLearning[] {
  return learnings.flatMap((learning) => {
    const read = admitLearning(learning)
    if (read.ok) return [read.learning]
    log.warn({ reason: read.reason, detail: read.detail }, 'learning refused')
    return []
  })
}

async function commit(
  needs: SettleNeeds,
  job: SettleJob,
  agent: string,
  learnings: readonly PlannedLearning[],
): Promise<MemoryCommit> {
  try {
    const home = await needs.memoryHome()
    const { clock, random, signal } = needs
    return await commitMemory(
      { home, clock, random, ...(signal === undefined ? {} : { signal }) },
      {
        agent,
        pull: job.pull,
        trailer: `Tech-Lead-Settle: ${job.repository.id}#${job.pull}`,
        learnings,
        edits: [],
      },
    )
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.kind !== 'told') throw failure
    return { kind: 'refused', because: failure.message, gone: [], deferred: [] }
  }
}

import { admitLearning } from '#core/memory/admit-learning'
import type { PlannedLearning, PlannedMemoryEdit, WaitingLearning } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { commitMemory, type MemoryCommit } from '#flow/commit-memory'
import type { Clock, Log, PendingLearnings, Run } from '#flow/ports'
import type { MemoryHome } from '#flow/pull-request-port'

/** What remembering needs from the world. */
export interface RememberNeeds {
  readonly memoryHome: () => Promise<MemoryHome>
  readonly run: Pick<Run, 'key' | 'job' | 'signal' | 'effect' | 'intend' | 'done'>
  /** Of the pull request that the run is about. */
  readonly pending: PendingLearnings
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly log: Log
}

/** What a frozen plan says about memory, and whose memory it is. */
export interface ToRemember {
  readonly agent: string
  readonly learnings: readonly PlannedLearning[]
  readonly memoryEdits: readonly PlannedMemoryEdit[]
}

/** `pending`: the branch did not take the commit; the learnings are kept, the review stands. */
export type Remembered =
  | { readonly kind: 'committed'; readonly sha: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pending'; readonly because: string }

/**
 * Writes down what a review learned, after it was posted: what holds on the default branch now, in
 * at most one commit, and what waits for the merge or for a person, in the store. A branch that
 * refuses the commit makes the learnings wait; it never makes the review fail.
 */
export async function remember(needs: RememberNeeds, memory: ToRemember): Promise<Remembered> {
  const known = await needs.run.effect('commit-memory')
  if (known?.status === 'done') return outcomeOf(known.objectId)
  const admitted = admit(needs.log, memory.learnings)
  const now = admitted.filter((learning) => learning.when === 'now')
  await keep(needs, admitted.flatMap(waiting))
  if (now.length === 0 && memory.memoryEdits.length === 0) return { kind: 'nothing' }
  const result = await commit(needs, { ...memory, learnings: now })
  if (result.kind === 'refused') {
    needs.log.warn({ because: result.because }, 'memory commit refused')
    await keep(needs, as('pending', now))
    await needs.run.done('commit-memory', null)
    return { kind: 'pending', because: result.because }
  }
  await keep(needs, as('at-merge', [...result.gone, ...result.deferred]))
  const sha = result.kind === 'committed' ? result.sha : null
  await needs.run.done('commit-memory', sha)
  return outcomeOf(sha)
}

function outcomeOf(sha: string | null): Remembered {
  return sha === null ? { kind: 'nothing' } : { kind: 'committed', sha }
}

/** The gate once more: a plan may be older than the gate is. */
function admit(log: Log, learnings: readonly PlannedLearning[]): PlannedLearning[] {
  return learnings.flatMap((learning) => {
    const read = admitLearning(learning)
    if (read.ok) return [read.learning]
    log.warn({ reason: read.reason, detail: read.detail }, 'learning refused')
    return []
  })
}

async function commit(needs: RememberNeeds, memory: ToRemember): Promise<MemoryCommit> {
  const { run, clock, random } = needs
  try {
    const home = await needs.memoryHome()
    const beforeCommit = () => run.intend('commit-memory')
    return await commitMemory(
      { home, clock, random, signal: run.signal, beforeCommit },
      {
        agent: memory.agent,
        pull: run.job.pull,
        trailer: `Tech-Lead-Run: ${run.key}`,
        learnings: memory.learnings,
        edits: memory.memoryEdits,
      },
    )
  } catch (failure) {
    const isOurs = failure instanceof Problem && failure.code === 'run.lease-lost'
    if (!(failure instanceof Problem) || failure.kind !== 'told' || isOurs) throw failure
    return { kind: 'refused', because: failure.message, gone: [], deferred: [] }
  }
}

async function keep(
  { run, pending }: RememberNeeds,
  learnings: readonly WaitingLearning[],
): Promise<void> {
  if (learnings.length > 0) await pending.add(run.key, learnings)
}

function waiting(learning: PlannedLearning): WaitingLearning[] {
  return learning.when === 'now' ? [] : [{ ...learning, when: learning.when }]
}

function as(
  when: WaitingLearning['when'],
  learnings: readonly PlannedLearning[],
): WaitingLearning[] {
  return learnings.map((learning) => ({ ...learning, when }))
}

import { admitLearning } from '#core/memory/admit-learning'
import type { PlannedLearning, PlannedMemoryEdit, WaitingLearning } from '#core/plan/plan'
import type { DueLearning } from '#flow/commit-memory'
import type { Clock, KeptLearning, Log, PendingLearnings, Run } from '#flow/ports'
import type { MemoryHome } from '#flow/pull-request-port'
import { type MemoryWrite, writeMemory } from '#flow/write-memory'

/** What remembering needs from the world. */
export interface RememberNeeds {
  readonly memoryHome: () => Promise<MemoryHome>
  readonly run: Pick<Run, 'key' | 'job' | 'signal' | 'effect' | 'intend' | 'done'>
  /** Of the pull request that the run is about. */
  readonly pending: PendingLearnings
  /** Has what waits for the branch written soon, by a job of its own. */
  readonly writeLater: () => Promise<unknown>
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

/**
 * `proposed`: it is on the branch of the rolling pull request of this number. `pending`: it was not
 * written yet; the learnings are kept, the review stands.
 */
export type Remembered =
  | { readonly kind: 'committed'; readonly sha: string }
  | { readonly kind: 'proposed'; readonly sha: string; readonly pull: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pending'; readonly because: string }

/**
 * Writes down what a review learned, after it was posted: what may be written now, in at most one
 * commit together with what the branch has not taken before, and what waits for the merge or for a
 * person, in the store. A branch that refuses, or that had enough commits within the last minute,
 * makes the learnings wait; it never makes the review fail.
 */
export async function remember(needs: RememberNeeds, memory: ToRemember): Promise<Remembered> {
  const { run, pending } = needs
  const known = await run.effect('commit-memory')
  if (known?.status === 'done') return outcomeOf(known.objectId)
  const admitted = admit(needs.log, memory.learnings)
  const now = admitted.filter((learning) => learning.when === 'now')
  await keep(needs, admitted.flatMap(waiting))
  const due = await pending.due()
  if (now.length === 0 && memory.memoryEdits.length === 0) {
    if (due.length > 0) await needs.writeLater()
    return { kind: 'nothing' }
  }
  const result = await write(needs, memory, [...now, ...others(due, now)])
  const outcome = await settle(needs, result, { now, due })
  await run.done('commit-memory', 'sha' in outcome ? outcome.sha : null)
  return outcome
}

function outcomeOf(sha: string | null): Remembered {
  return sha === null ? { kind: 'nothing' } : { kind: 'committed', sha }
}

/** Puts into the store what was not written, and takes out of it what was. */
async function settle(
  needs: RememberNeeds,
  result: MemoryWrite,
  { now, due }: { now: readonly PlannedLearning[]; due: readonly KeptLearning[] },
): Promise<Remembered> {
  if (result.kind === 'refused' || result.kind === 'postponed') {
    await keep(needs, as('branch', now))
    if (result.kind === 'postponed') await needs.writeLater()
    else needs.log.warn({ because: result.because }, 'memory commit refused')
    return { kind: 'pending', because: result.kind === 'refused' ? result.because : PACED }
  }
  const isIn = (left: readonly DueLearning[]) => {
    const texts = new Set(left.map(({ text }) => text))
    return ({ text }: DueLearning) => texts.has(text)
  }
  const [isGone, isDeferred] = [isIn(result.gone), isIn(result.deferred)]
  await keep(needs, [
    ...as('at-merge', now.filter(isGone)),
    ...as('branch', now.filter(isDeferred)),
  ])
  await needs.pending.remove(due.filter((one) => !isDeferred(one)).map(({ id }) => id))
  if (result.deferred.length > 0) await needs.writeLater()
  if (result.kind === 'unchanged') return { kind: 'nothing' }
  const { sha } = result
  return 'proposal' in result
    ? { kind: 'proposed', sha, pull: result.proposal }
    : { kind: 'committed', sha }
}

const PACED = 'it is written with the next commit, at most two in a minute'

/** What others left for the branch and this run does not say itself. */
function others(due: readonly KeptLearning[], now: readonly PlannedLearning[]): KeptLearning[] {
  const said = new Set(now.map(({ topic, text }) => `${topic}\n${text}`))
  return due.filter(({ topic, text }) => !said.has(`${topic}\n${text}`))
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

function write(
  { run, memoryHome, clock, random }: RememberNeeds,
  { agent, memoryEdits }: ToRemember,
  learnings: readonly DueLearning[],
): Promise<MemoryWrite> {
  const beforeCommit = () => run.intend('commit-memory')
  return writeMemory(
    { home: memoryHome, clock, random, signal: run.signal, beforeCommit },
    {
      agent,
      pull: run.job.pull,
      trailer: `Tech-Lead-Run: ${run.key}`,
      learnings,
      edits: memoryEdits,
    },
  )
}

async function keep(
  { run, pending }: RememberNeeds,
  learnings: readonly WaitingLearning[],
): Promise<void> {
  if (learnings.length > 0) await pending.add(run.key, learnings)
}

function waiting(learning: PlannedLearning): WaitingLearning[] {
  return learning.when === 'now' ? [] : [{ ...learning, when: learning.when, merged: false }]
}

function as(
  when: WaitingLearning['when'],
  learnings: readonly PlannedLearning[],
): WaitingLearning[] {
  return learnings.map((learning) => ({ ...learning, when, merged: false }))
}

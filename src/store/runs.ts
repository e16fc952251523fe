import type { ReviewJob } from '#core/job/job'
import type { Problem } from '#core/problem'
import type { PullName } from '#core/render/planned-writes'
import type { Change, Clock, Log } from '#flow/ports'
import type { Database } from '#store/database'
import type { CheckedHead, ListedRun, OpenRun } from '#store/listed-runs'
import * as listed from '#store/listed-runs'
import type { HeldRun, RunHandle } from '#store/run-handle'
import { createRunHandle, superseded } from '#store/run-handle'
import { reviewKey, runKey } from '#store/run-key'
import type { UnfinishedRun } from '#store/run-rows'
import * as table from '#store/run-rows'
import type { RunState } from '#store/run-state'

/**
 * What came of asking for a run. `ended`: this review is done, for what `job` asked. `busy`: another
 * worker holds it, come back after the lease.
 */
export type OpenedRun =
  | { readonly kind: 'claimed'; readonly run: HeldRun }
  | { readonly kind: 'ended'; readonly runKey: string; readonly job: ReviewJob }
  | { readonly kind: 'busy'; readonly runKey: string; readonly retryAfterMs: number }

/** The durable runs: one per review of one head. */
export interface Runs {
  /**
   * Claims the run of this review. A review that is done is never opened again; one that had been
   * called off starts anew under a new key; a dead one goes on where it stopped. A run keeps the
   * job that claimed it last.
   */
  open(job: ReviewJob, at: Change): Promise<OpenedRun>
  /**
   * Calls off every run of a pull request but one, here and in other processes, and gives back
   * their keys. A worker that holds one sees its signal and may still conclude its check.
   */
  supersede(pullKey: string, exceptRunKey: string | null): Promise<readonly string[]>
  /** The same for the runs that are named, and no other that may have begun meanwhile. */
  supersedeThese(pullKey: string, runKeys: readonly string[]): Promise<readonly string[]>
  /** Runs that ended, or whose job ended, without their check having been concluded. */
  openRunsWithoutEnd(): Promise<readonly UnfinishedRun[]>
  /**
   * Takes such a run over, to conclude it; null when somebody else has. It is let go when its check
   * is concluded, or after two minutes without that, so that it is tried again.
   */
  adopt(runKey: string): Promise<HeldRun | null>
  /** One run by its key, as a check run's external id names it. */
  find(runKey: string): Promise<ListedRun | null>
  /** The pull requests that a check belongs to: of the run that it names, else of its head. */
  pullsOf(check: CheckedHead): Promise<readonly number[]>
  /** The runs of one pull request that have not ended, newest first. */
  openOfPull(pullKey: string): Promise<readonly OpenRun[]>
  /** The runs of one pull request, newest first. */
  ofPull(pullKey: string): Promise<readonly ListedRun[]>
  /** The latest run of a pull request whose plan is kept, whatever became of it. */
  latestPlanned(of: PullName): Promise<ListedRun | null>
}

/** The runs, with what the rest of the store needs of them. */
export interface RunKeeping extends Runs {
  releasePull(pullKey: string): Promise<void>
  markDead(pullKey: string, because: string): Promise<void>
  abortAll(reason: Problem): void
  releaseAll(): Promise<void>
  /** Takes every lease away; only for a store that this process alone can have open. */
  dropLeases(): Promise<void>
}

interface Needs {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly leaseMs: number
  /** Names this process in the rows it holds. */
  readonly holder: string
  /** Called after each claim, before anything is done with the run. */
  claimed(runKey: string): Promise<void>
}

/** Longer than a new check may stay invisible to the lists in which it is looked for. */
const ADOPTION_MS = 120_000
const CALLED_OFF: ReadonlySet<RunState> = new Set(['superseded', 'cancelled'])

export function createRuns(needs: Needs): RunKeeping {
  const { database, clock, log, leaseMs, holder } = needs
  const held = new Map<string, RunHandle>()

  /** Without a job only to conclude what has ended. */
  async function claim(key: string, job: ReviewJob | null): Promise<RunHandle | null> {
    const ended = job === null
    const lease = ended ? ADOPTION_MS : leaseMs
    const claimed = await table.claimRun(database, { runKey: key, holder, leaseMs: lease, job })
    if (!claimed) return null
    if (claimed.state === 'dead' && !ended) {
      await table.reviveRun(database, { runKey: key, epoch: claimed.epoch })
    }
    const forget = (gone: RunHandle) => {
      if (held.get(key) === gone) held.delete(key)
    }
    const handle = createRunHandle(
      { database, clock, log, leaseMs, renewed: !ended, forget },
      claimed,
    )
    held.set(key, handle)
    await needs.claimed(key)
    return handle
  }

  async function open(job: ReviewJob, at: Change): Promise<OpenedRun> {
    const { key, done } = await placeRun(needs, job, at)
    if (done !== null) return { kind: 'ended', runKey: key, job: done }
    const run = await claim(key, job)
    return run ? { kind: 'claimed', run } : { kind: 'busy', runKey: key, retryAfterMs: leaseMs }
  }

  async function supersede(of: Omit<Parameters<typeof table.supersedeRuns>[1], 'now'>) {
    const keys = await table.supersedeRuns(database, { ...of, now: clock.now() })
    for (const key of keys) held.get(key)?.abort(superseded(key))
    return keys
  }

  return {
    open,
    supersede: (pullKey, exceptRunKey) => supersede({ pullKey, exceptRunKey, onlyRunKeys: null }),
    supersedeThese: (pullKey, onlyRunKeys) =>
      supersede({ pullKey, exceptRunKey: null, onlyRunKeys }),
    openRunsWithoutEnd: () => table.unfinishedRuns(database, clock.now()),
    async adopt(key) {
      const run = await claim(key, null)
      return run === null ? null : lettingGo(run)
    },
    find: (key) => listed.findRun(database, key),
    openOfPull: (pullKey) => listed.openRunsOfPull(database, pullKey),
    ofPull: (pullKey) => listed.runsOfPull(database, pullKey),
    latestPlanned: (of) => listed.latestPlanned(database, of),
    pullsOf: (check) => listed.pullsOf(database, check),
    async releasePull(pullKey) {
      const ours = [...held.values()].filter((run) => run.pullKey === pullKey)
      for (const run of ours) await run.release()
    },
    markDead: (pullKey, because) =>
      table.markDead(database, { pullKey, because, now: clock.now() }),
    abortAll(reason) {
      for (const run of held.values()) run.abort(reason)
    },
    async releaseAll() {
      for (const run of [...held.values()]) await run.release()
    },
    dropLeases: () => table.dropLeases(database),
  }
}

/** The key to claim for this review, its row written; and for what it was done, if it was. */
async function placeRun(
  { database, clock }: Needs,
  job: ReviewJob,
  at: Change,
): Promise<{ key: string; done: ReviewJob | null }> {
  const review = reviewKey(job, at.headSha, at.baseRef)
  const latest = await table.latestRun(database, review)
  if (latest && !CALLED_OFF.has(latest.state)) {
    return { key: latest.run_key, done: latest.state === 'done' ? latest.job : null }
  }
  const generation = latest ? latest.generation + 1 : 0
  const key = runKey(review, generation)
  const row = { key, review, generation, job, ...at, now: clock.now() }
  await table.insertRun(database, row)
  return { key, done: null }
}

/** An adopted run is over when its check is concluded: nobody has to remember to release it. */
function lettingGo(run: RunHandle): HeldRun {
  return {
    ...run,
    async done(step, objectId, key) {
      await run.done(step, objectId, key)
      if (step === 'conclude-check') await run.release()
    },
  }
}

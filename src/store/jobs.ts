import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import { assertNever } from '#core/exhaustive'
import type { Job } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { Problem } from '#core/problem'
import type { Clock, Log } from '#flow/ports'
import { QUEUES } from '#store/boss'
import { createCrew } from '#store/crew'
import type { Database } from '#store/database'
import { enqueueJob, giveWay, queueKey, queueOf, requeueJob } from '#store/enqueue-job'
import type { JobPayload } from '#store/job-payload'
import { readPayload } from '#store/job-payload'
import { storableReason } from '#store/storable-text'
import { takeBack } from '#store/take-back'

/**
 * How one try of a job ended. `retry` counts as an attempt and comes back with a growing delay;
 * `wait` does not count, for what no attempt can mend: an account without credit, a closed gate.
 */
export type JobOutcome =
  | { readonly kind: 'done'; readonly because?: string }
  | { readonly kind: 'retry'; readonly because: string }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly because: string }
  | { readonly kind: 'dead'; readonly because: string }

/** What a handler knows about the try it is making. */
export interface JobTry {
  /** From 1. */
  readonly attempt: number
  /** After this one, `retry` means dead. */
  readonly last: boolean
  /** When the work was first queued, in milliseconds since the epoch; it survives `wait`. */
  readonly since: number
  /** How often the job has waited without an attempt being counted. */
  readonly waits: number
  /** Aborted when the process drains or another worker has taken the job over. */
  readonly signal: AbortSignal
}

export type JobHandler = (job: Job, attempt: JobTry) => Promise<JobOutcome>

/** The queues of work. Of equal jobs, by kind and key, one waits at a time: the newest. */
export interface Jobs {
  enqueue(job: Job): Promise<'queued' | 'replaced'>
  /** Many at once; one whose like waits already is left out. */
  enqueueMany(jobs: readonly Job[]): Promise<void>
  /**
   * Works until the store closes. A handler that throws is tried again like `retry`, except that
   * a lost lease or a draining process is no fault of the job and counts as `wait`.
   */
  work(handler: JobHandler, options: { reviews: number }): Promise<void>
  /** Queues reviews again that the queue gave up with tries left. */
  takeBack(): Promise<void>
}

/** What the jobs tell the runs, so that no run outlives the job that it was for. */
interface RunKeeper {
  releasePull(pullKey: string): Promise<void>
  markDead(pullKey: string, because: string): Promise<void>
}

interface Needs {
  readonly boss: PgBoss
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly leaseMs: number
  readonly drain: AbortSignal
  readonly runs: RunKeeper
}

/** The backstop behind notifications, for jobs whose delay is over; in seconds. */
const POLL_SECONDS = 1
/** How many short jobs run at once: they wait for GitHub more than they work. */
const ERRAND_WORKERS = 3

export function createJobs(needs: Needs): Jobs {
  const { boss, clock, database } = needs
  const crew = createCrew()
  /** On a Postgres server notifications do this, for all processes that share it. */
  const wake = (queue: string) => {
    if (database.kind === 'embedded') crew.wake(queue)
  }

  async function startWorker(queue: string, handler: JobHandler): Promise<void> {
    let id = ''
    const worker = crew.join(queue, () => boss.notifyWorker(id))
    const options = {
      includeMetadata: true,
      perJobResults: true,
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    } as const
    id = await boss.work<unknown, unknown, typeof options>(queue, options, async (items) => {
      worker.took()
      try {
        return await Promise.all(items.map((item) => tryOnce(needs, handler, item)))
      } finally {
        worker.ended()
        // Look for more at once: a backlog must not wait for the next poll.
        boss.notifyWorker(id)
      }
    })
  }

  return {
    async enqueue(job) {
      const queued = await enqueueJob(needs, job)
      wake(queueOf(job))
      return queued
    },
    async enqueueMany(jobs) {
      const since = clock.now()
      for (const [queue, ofQueue] of Map.groupBy(jobs, queueOf)) {
        const inserts = ofQueue.map((job) => {
          const data: JobPayload = { since, waits: 0, blame: 0, job }
          return { data, singletonKey: queueKey(job) }
        })
        await boss.insert(queue, inserts)
        wake(queue)
      }
    },
    async work(handler, { reviews }) {
      for (let index = 0; index < reviews; index += 1) await startWorker(QUEUES.review, handler)
      for (let index = 0; index < ERRAND_WORKERS; index += 1) {
        await startWorker(QUEUES.errand, handler)
      }
      // One after the other: nobody waits for them, and reviews want the limits that they share.
      await startWorker(QUEUES.look, handler)
    },
    takeBack: () => takeBack(needs),
  }
}

async function tryOnce(
  needs: Needs,
  handler: JobHandler,
  item: JobWithMetadata<unknown>,
): Promise<JobResult> {
  const read = readPayload(item.data)
  if (!read.ok) {
    needs.log.error({ job: item.id, reason: read.because }, 'job refused')
    return { id: item.id, status: 'deadletter', output: { because: read.because } }
  }
  const last = item.retryCount >= item.retryLimit
  const outcome = await handle(needs, handler, read.payload, item, last)
  return settle(needs, read.payload, item, { outcome, last })
}

async function handle(
  needs: Needs,
  handler: JobHandler,
  { job, since, waits }: JobPayload,
  item: JobWithMetadata<unknown>,
  last: boolean,
): Promise<JobOutcome> {
  const signal = AbortSignal.any([item.signal, needs.drain])
  const attempt: JobTry = { attempt: item.retryCount + 1, last, since, waits, signal }
  try {
    return await handler(job, attempt)
  } catch (error) {
    return outcomeOf(error, needs.leaseMs)
  } finally {
    if (job.kind === 'review') await needs.runs.releasePull(jobKey(job))
  }
}

function outcomeOf(error: unknown, leaseMs: number): JobOutcome {
  const because = error instanceof Error ? error.message : String(error)
  if (error instanceof Problem && error.code === 'run.draining') {
    return { kind: 'wait', delayMs: 0, because }
  }
  if (error instanceof Problem && error.code === 'run.lease-lost') {
    return { kind: 'wait', delayMs: leaseMs, because }
  }
  return { kind: 'retry', because }
}

async function settle(
  needs: Needs,
  payload: JobPayload,
  { id }: JobWithMetadata<unknown>,
  { outcome, last }: { outcome: JobOutcome; last: boolean },
): Promise<JobResult> {
  const key = jobKey(payload.job)
  const review = payload.job.kind === 'review'
  switch (outcome.kind) {
    case 'done':
      return { id, status: 'completed', output: { because: storableReason(outcome.because ?? '') } }
    case 'wait':
      // Before this try is closed, so that a crash in between repeats it rather than loses it.
      await requeueJob(
        needs,
        { ...payload, waits: payload.waits + 1, blame: 0 },
        outcome.delayMs / 1_000,
      )
      return { id, status: 'completed', output: { because: storableReason(outcome.because) } }
    case 'retry':
      // Two of a pull request cannot both wait for a next try: the queue would give one of them up.
      if (await giveWay(needs, payload)) {
        const because = `Left to the review that waits: ${outcome.because}`
        return { id, status: 'completed', output: { because: storableReason(because) } }
      }
      if (last && review) await needs.runs.markDead(key, outcome.because)
      return { id, status: 'failed', output: { because: storableReason(outcome.because) } }
    case 'dead':
      if (review) await needs.runs.markDead(key, outcome.because)
      return { id, status: 'deadletter', output: { because: storableReason(outcome.because) } }
    default:
      return assertNever(outcome)
  }
}

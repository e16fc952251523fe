import { type Job, jobKey } from '#core/job/job'
import { Problem } from '#core/problem'
import { concludeUnfinished } from '#flow/conclude-unfinished'
import type { Log } from '#flow/ports'
import { queueAudits } from '#flow/queue-audits'
import { type JobEnd, runJob } from '#flow/run-job'
import { sweepDeliveries } from '#flow/sweep-deliveries'
import { createHookDeliveries } from '#github/hook-deliveries'
import { readSelf, type SelfIds } from '#github/self'
import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'
import { jobFields, type Wired } from '#wiring/wire-server'

/** Reviews at once in one process: they mostly wait for GitHub and the model. */
const REVIEWS = 4
const REAP_MS = 60_000
const SWEEP_MS = 5 * 60_000
/** How often it is asked whether a week has passed. */
const ROUND_MS = 3_600_000
const PURGE_MS = 6 * 3_600_000

/** Starts to work through the queue, until the store closes. */
export async function startWorkers(wired: Wired): Promise<void> {
  const { store, log, seen } = wired
  await store.jobs.work(
    async (job, attempt) => {
      const jobLog = log.child(jobFields(job))
      const begun = performance.now()
      if (attempt.attempt === 1 && attempt.waits === 0)
        seen.jobWaited(job.kind, Math.max(0, CLOCK.now() - attempt.since) / 1_000)
      const tried = (result: string) =>
        seen.jobTried(job.kind, result, (performance.now() - begun) / 1_000)
      const end = await unlessHeldBack(wired, job, () =>
        runJob(wired.jobNeeds(jobLog), job, attempt.since),
      ).catch((failure: unknown) => {
        tried('failed')
        throw failure
      })
      tried(end.kind)
      jobLog.info({ result: end.kind, because: end.because, attempt: attempt.attempt }, 'job tried')
      await concludeAfterJob(wired)
      return end
    },
    { reviews: REVIEWS },
  )
}

/** So that the jobs of an installation do not all come back in the same moment. */
const SPREAD_MS = 1_000

/**
 * A job that the operator has stopped waits, and so does one of an installation that GitHub has
 * asked to wait, whichever process was told; neither counts as an attempt.
 */
async function unlessHeldBack(
  { store }: Wired,
  job: Job,
  work: () => Promise<JobEnd>,
): Promise<JobEnd> {
  try {
    const [left] = await Promise.all([store.rests.left(job.installation), store.halts.refuse(job)])
    if (left > 0) {
      const delayMs = left + Math.random() * SPREAD_MS
      return { kind: 'wait', delayMs, because: 'GitHub asked the installation to wait' }
    }
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.retryAfterMs === null) throw failure
    return { kind: 'wait', delayMs: failure.retryAfterMs, because: failure.message }
  }
  const end = await work()
  if (end.kind === 'wait' && end.limited) await store.rests.rest(job.installation, end.delayMs)
  return end
}

/** What a job did stays done when the tidying after it fails: the reaper comes again in a minute. */
async function concludeAfterJob(wired: Wired): Promise<void> {
  try {
    await concludeOpenChecks(wired)
  } catch (err) {
    wired.log.warn({ task: 'reap', err }, 'task failed')
  }
}

/** Completes checks of runs that nobody works on any more. */
async function concludeOpenChecks(wired: Wired): Promise<void> {
  const { store, log, pullRequest, environment } = wired
  const { visibilityMs } = environment
  await concludeUnfinished({ runs: store.runs, pullRequest, clock: CLOCK, visibilityMs, log })
}

/**
 * Queues a job, and calls off the run of an older head at once, so that a push does not wait for a
 * review that nobody needs any more. Events arrive late and in any order, so which head is the
 * newer one is asked of GitHub, and only while a run of another head is under way.
 */
export async function queueJob(
  wired: Pick<Wired, 'pullRequest'> & {
    readonly log: Log
    readonly store: {
      readonly jobs: Pick<Store['jobs'], 'enqueue'>
      readonly runs: Pick<Store['runs'], 'openOfPull' | 'supersedeThese'>
    }
  },
  job: Job,
): Promise<void> {
  const { runs, jobs } = wired.store
  await jobs.enqueue(job)
  if (job.kind !== 'review' || job.trigger.kind !== 'automatic') return
  const open = await runs.openOfPull(jobKey(job))
  if (open.every((run) => run.headSha === job.head)) return
  try {
    const { head } = await wired.pullRequest(job).reader.state()
    // Only what was under way before GitHub was asked: the review of this head may have begun since.
    const older = open.filter((run) => run.headSha !== head)
    await runs.supersedeThese(
      jobKey(job),
      older.map(({ runKey }) => runKey),
    )
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    // The run asks for itself before it posts anything.
    wired.log.warn({ ...jobFields(job), because: failure.message }, 'head not read')
  }
}

/** Who the app is, asked once and then known. */
export function createSelf(wired: Wired): () => Promise<SelfIds> {
  let known: Promise<SelfIds> | null = null
  return () => {
    known ??= readSelf(wired.app).catch((failure: unknown) => {
      known = null
      throw failure
    })
    return known
  }
}

/** The tasks of one process among many: ask again for lost deliveries, tidy up. */
export function startTasks(wired: Wired): () => void {
  const { store, log, app, round } = wired
  const deliveries = createHookDeliveries(app.asApp)
  const sweep = async () => {
    const { knownGuids } = store.inbox
    wired.seen.resent(await sweepDeliveries({ deliveries, knownGuids, clock: CLOCK, log }))
  }
  const tasks = [
    every(wired, 'take-back', REAP_MS, store.jobs.takeBack),
    every(wired, 'reap', REAP_MS, () => concludeOpenChecks(wired)),
    every(wired, 'sweep', SWEEP_MS, sweep),
    every(wired, 'purge', PURGE_MS, async () => {
      await store.purge()
    }),
    ...(round === null ? [] : [every(wired, 'audit', ROUND_MS, () => makeRound(wired, round))]),
  ]
  return () => {
    for (const stop of tasks) stop()
  }
}

async function makeRound({ log }: Wired, round: NonNullable<Wired['round']>): Promise<void> {
  await queueAudits({ ...round, clock: CLOCK, log })
}

/** How long a dead leader is waited for, and how often a living one says that it lives. */
const LEAD_MS = 30_000
const RENEW_MS = 10_000

/**
 * Runs a task now and then again and again, in one process of all; a failure waits for the next
 * time. Whoever takes over from a leader that died starts at once.
 */
function every(
  { store, log, seen }: Wired,
  task: string,
  ms: number,
  run: () => Promise<void>,
): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let dueAt = 0
  let running = false
  const failed = (err: unknown) => {
    if (!stopped) log.warn({ task, err }, 'task failed')
  }
  const turn = async () => {
    const leads = await store.leadership.tryLead(task, LEAD_MS).catch(failed)
    if (leads !== true) dueAt = 0
    else if (!running && performance.now() >= dueAt) {
      dueAt = performance.now() + ms * (0.9 + Math.random() * 0.2)
      running = true
      const done = () => {
        running = false
      }
      void run()
        .then(() => seen.taskRan(task, 'done'))
        .catch((err: unknown) => {
          seen.taskRan(task, 'failed')
          failed(err)
        })
        .then(done)
    }
    if (!stopped) timer = setTimeout(() => void turn(), RENEW_MS).unref()
  }
  void turn()
  return () => {
    stopped = true
    if (timer !== null) clearTimeout(timer)
  }
}

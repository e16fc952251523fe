import type { PgBoss } from 'pg-boss'
import { absorb } from '#core/job/absorb'
import type { Job, ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'
import { QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import type { JobPayload } from '#store/job-payload'
import { readPayload } from '#store/job-payload'
import { lookAhead, priorityOf, type QueueAhead } from '#store/queue-ahead'
import { replaceTwin, rewriteTwin, type Twin } from '#store/twin'

interface Needs {
  readonly boss: PgBoss
  readonly database: Pick<Database, 'query'>
}

/** How often the queue is looked at again because others changed it meanwhile. */
const MOST_LOOKS = 200

/** The queue of a kind of job: reviews, slow looks at whole repositories, and short errands. */
export function queueOf({ kind }: Job): string {
  if (kind === 'review') return QUEUES.review
  return kind === 'first-look' || kind === 'audit' ? QUEUES.look : QUEUES.errand
}

/**
 * What makes two jobs of a queue one. Errands of all kinds share a queue, so their kind belongs
 * to it.
 */
export const queueKey = (job: Job) =>
  job.kind === 'review' ? jobKey(job) : `${job.kind} ${jobKey(job)}`

/**
 * Queues a job, also from beside the servers that work on it. A review takes the place of one that
 * waits, with all that had asked for that one; whoever else does so in the same moment, in this
 * process or another, makes it look again.
 */
export async function enqueueJob(
  needs: Needs & { readonly clock: Pick<Clock, 'now'> },
  job: Job,
): Promise<'queued' | 'replaced'> {
  const { boss } = needs
  const fresh = { since: needs.clock.now(), waits: 0, blame: 0 }
  if (job.kind !== 'review') {
    const options = { singletonKey: queueKey(job), startAfter: 0 }
    const { inserted } = await boss.upsert(queueOf(job), { ...fresh, job }, options)
    return inserted > 0 ? 'queued' : 'replaced'
  }
  return untilSettled(needs, job, async ({ depth, twins }, newest) => {
    const wanted = withAbsorbed(job, twins)
    const priority = priorityOf(wanted, depth)
    if (newest === undefined) {
      return (await send(needs, { ...fresh, job }, { startAfter: 0, priority })) ? 'queued' : null
    }
    const payload = { ...fresh, job: wanted }
    return (await replaceTwin(needs, newest, payload, priority)) ? 'replaced' : null
  })
}

/**
 * Queues work again that had begun, to start in some seconds. Where a review of the same pull
 * request waits already, that one does it too and starts when it would have.
 */
export async function requeueJob(
  needs: Needs,
  payload: JobPayload,
  startAfter: number,
): Promise<void> {
  const { job } = payload
  if (job.kind !== 'review') {
    await send(needs, payload, { startAfter, priority: 0 })
    return
  }
  await untilSettled(needs, job, async ({ depth }, newest) => {
    const priority = priorityOf(job, depth)
    const placed =
      newest === undefined
        ? await send(needs, payload, { startAfter, priority })
        : await rewriteTwin(needs, newest, together(newest, payload), priority)
    return placed ? 'placed' : null
  })
}

/** Leaves the work of a review to one of the same pull request that waits; false when none does. */
export async function giveWay(needs: Needs, payload: JobPayload): Promise<boolean> {
  const { job } = payload
  if (job.kind !== 'review') return false
  const end = await untilSettled(needs, job, async ({ depth }, newest) => {
    if (newest === undefined) return 'alone'
    const priority = priorityOf(job, depth)
    return (await rewriteTwin(needs, newest, together(newest, payload), priority)) ? 'given' : null
  })
  return end === 'given'
}

/** Looks at the queue and acts on it until what was seen still stood when it was acted on. */
async function untilSettled<End>(
  { database }: Needs,
  job: ReviewJob,
  act: (ahead: QueueAhead, newest: Twin | undefined) => Promise<End | null>,
): Promise<End> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const ahead = await lookAhead(database, job, queueKey(job))
    const end = await act(ahead, ahead.twins[0])
    if (end !== null) return end
  }
  const message = `The queue of ${jobKey(job)} changed each of the ${MOST_LOOKS} times it was looked at.`
  throw new Problem('store.unavailable', 'retry', message)
}

/** False when a job of the same key came first. */
async function send(
  { boss }: Needs,
  payload: JobPayload,
  { startAfter, priority }: { startAfter: number; priority: number },
): Promise<boolean> {
  const { job } = payload
  const options = { singletonKey: queueKey(job), startAfter, priority }
  return (await boss.send(queueOf(job), payload, options)) !== null
}

/** The review with the comments that asked for one whose place it takes. */
function withAbsorbed(job: ReviewJob, twins: readonly Twin[]): ReviewJob {
  let wanted = job
  for (const { data } of twins) {
    const read = readPayload(data)
    if (read.ok && read.payload.job.kind === 'review') wanted = absorb(wanted, read.payload.job)
  }
  return wanted
}

/** What a waiting review is to do when another of its pull request joins it: the newer one leads. */
function together({ data }: Twin, joining: JobPayload): JobPayload {
  const read = readPayload(data)
  const { job } = joining
  if (!read.ok || read.payload.job.kind !== 'review' || job.kind !== 'review') return joining
  const { payload: waiting } = read
  const blame = Math.max(waiting.blame, joining.blame)
  return waiting.since < joining.since
    ? { ...joining, blame, job: absorb(job, read.payload.job) }
    : { ...waiting, blame, job: absorb(read.payload.job, job) }
}

import type { PgBoss } from 'pg-boss'
import { absorb } from '#core/job/absorb'
import type { Job, ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import type { Clock } from '#flow/ports'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import type { JobPayload } from '#store/job-payload'
import { readPayload } from '#store/job-payload'
import { lookAhead, type Twin } from '#store/queue-ahead'

interface Needs {
  readonly boss: PgBoss
  readonly database: Pick<Database, 'query'>
  readonly clock: Pick<Clock, 'now'>
}

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
export async function enqueueJob(needs: Needs, job: Job): Promise<'queued' | 'replaced'> {
  const { boss, database, clock } = needs
  if (job.kind !== 'review') {
    const { inserted } = await boss.upsert(...entryOf(clock, job, 0))
    return inserted > 0 ? 'queued' : 'replaced'
  }
  const { priority, twins } = await lookAhead(database, job, queueKey(job))
  const [newest] = twins
  if (newest === undefined) {
    const id = await boss.send(...entryOf(clock, job, priority))
    return id === null ? enqueueJob(needs, job) : 'queued'
  }
  const wanted = entryOf(clock, withAbsorbed(job, twins), priority)
  return (await replace(needs, newest, wanted)) ? 'replaced' : enqueueJob(needs, job)
}

/** What the queue is told of a job: where it goes, its payload and its options. */
function entryOf(clock: Pick<Clock, 'now'>, job: Job, priority: number) {
  const payload: JobPayload = { since: clock.now(), waits: 0, blame: 0, job }
  return [queueOf(job), payload, { singletonKey: queueKey(job), startAfter: 0, priority }] as const
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

/** False when the twin has begun or is no longer what was looked at: then nothing was written. */
async function replace(
  { boss, database }: Needs,
  { id, data }: Twin,
  [queue, payload, { startAfter, priority }]: ReturnType<typeof entryOf>,
): Promise<boolean> {
  const written = await database.query(
    `update ${QUEUE_SCHEMA}.job set data = $4::jsonb
      where name = $1 and id = $2::uuid and state < 'active' and data = $3::jsonb returning 1`,
    [queue, id, JSON.stringify(data), JSON.stringify(payload)],
  )
  if (written.length === 0) return false
  // Apart, as the queue wakes its workers itself: a twin may have waited for a time to come.
  await boss.update(queue, undefined, { id, startAfter, priority })
  return true
}

import type { PgBoss } from 'pg-boss'
import * as z from 'zod'
import type { Job } from '#core/job/job'
import type { Clock } from '#flow/ports'
import { DEAD_QUEUE, QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import { rows } from '#store/database'
import { readPayload } from '#store/job-payload'

export type JobState = 'waiting' | 'delayed' | 'active' | 'dead' | 'done'

/** One job as an operator sees it. Moments are milliseconds since the epoch. */
export interface ListedJob {
  readonly id: string
  readonly queue: string
  readonly state: JobState
  /** What makes two jobs one: `installation/repository#pull` for a review. */
  readonly key: string
  /** Null when this program cannot read it; `because` says why. */
  readonly job: Job | null
  readonly attempts: number
  readonly queuedAt: number
  readonly startsAt: number
  readonly because: string | null
}

/** Numbers of one queue for the metrics; the age is that of the oldest job that is due. */
export interface QueueCount {
  readonly queue: string
  readonly waiting: number
  readonly delayed: number
  readonly active: number
  readonly dead: number
  readonly oldestWaitingMs: number
}

/** What an operator can do with jobs. Replaying is safe: the work looks before it writes. */
export interface JobDesk {
  list(filter?: { state?: JobState; limit?: number }): Promise<readonly ListedJob[]>
  show(id: string): Promise<ListedJob | null>
  /** Puts one dead job back into its queue; false when there is no such dead job. */
  replay(id: string): Promise<boolean>
  /** Every dead job; how many were put back. */
  replayAll(): Promise<number>
  /** The dead jobs of a delivery; how many were put back. */
  replayDelivery(guid: string): Promise<number>
  /** Removes a job that is not being worked on. */
  discard(id: string): Promise<boolean>
  counts(): Promise<readonly QueueCount[]>
}

const WORKING = Object.values(QUEUES)
const ALL = [...WORKING, DEAD_QUEUE]
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const Output = z.object({ because: z.string() })
const PgBossError = z.object({ message: z.string() })

const JobRow = z.object({
  id: z.string(),
  name: z.string(),
  source_name: z.string().nullable(),
  state: z.enum(['waiting', 'delayed', 'active', 'dead', 'done']),
  singleton_key: z.string().nullable(),
  data: z.unknown(),
  output: z.unknown(),
  attempts: z.coerce.number(),
  queued_at: z.coerce.number(),
  starts_at: z.coerce.number(),
})

const CountRow = z.object({
  queue: z.string(),
  state: z.enum(['waiting', 'delayed', 'active', 'dead', 'done']),
  jobs: z.coerce.number(),
  oldest_ms: z.coerce.number(),
})

const STATE = `case
  when name = '${DEAD_QUEUE}' then 'dead'
  when state = 'active' then 'active'
  when state in ('created', 'retry') and start_after > now() then 'delayed'
  when state in ('created', 'retry') then 'waiting'
  else 'done' end`

const SELECT = `select * from (
  select id::text, name, source_name, ${STATE} as state, singleton_key, data,
    coalesce(source_output, output) as output,
    coalesce(source_retry_count, retry_count) + case when started_on is null and source_name is null then 0 else 1 end as attempts,
    extract(epoch from coalesce(source_created_on, created_on)) * 1000 as queued_at,
    extract(epoch from start_after) * 1000 as starts_at
  from ${QUEUE_SCHEMA}.job where name = any($1::text[])) as jobs`

interface Needs {
  readonly database: Database
  readonly boss: PgBoss
  readonly clock: Pick<Clock, 'now'>
}

export function createJobDesk(needs: Needs): JobDesk {
  const { database, boss } = needs

  async function show(id: string): Promise<ListedJob | null> {
    if (!UUID.test(id)) return null
    const found = await rows(database, JobRow, `${SELECT} where id = $2`, [ALL, id.toLowerCase()])
    const [first] = found.map(listed)
    return first ?? null
  }

  return {
    async list({ state, limit = 200 } = {}) {
      const found = await rows(
        database,
        JobRow,
        `${SELECT} where ($2::text is null and state <> 'done') or state = $2 order by queued_at, id limit $3`,
        [ALL, state ?? null, limit],
      )
      return found.map(listed)
    },
    show,
    async replay(id) {
      const job = await show(id)
      if (job?.state !== 'dead') return false
      await redrive(needs, { ids: [job.id] })
      return true
    },
    replayAll: () => redrive(needs, {}),
    replayDelivery: (guid) => redrive(needs, { data: { job: { delivery: guid } } }),
    async discard(id) {
      const job = await show(id)
      if (!job || job.state === 'active') return false
      await boss.deleteJob(job.state === 'dead' ? DEAD_QUEUE : job.queue, job.id)
      return true
    },
    counts: () => counts(database),
  }
}

/**
 * A dead job that meets a waiting one of the same pull request stays behind as failed: the waiting
 * one does its work too, so it is removed.
 */
async function redrive(
  { database, boss, clock }: Needs,
  filter: { ids?: string[]; data?: object },
): Promise<number> {
  // Replayed work is wanted from now on: what it had waited for before must not count against it.
  await database.query(
    `update ${QUEUE_SCHEMA}.job set data = data || jsonb_build_object('since', $2::bigint, 'waits', 0)
     where name = $1 and jsonb_typeof(data) = 'object'
       and ($3::text[] is null or id::text = any($3::text[])) and data @> $4::text::jsonb`,
    [DEAD_QUEUE, clock.now(), filter.ids ?? null, JSON.stringify(filter.data ?? {})],
  )
  const moved = await boss.redrive(DEAD_QUEUE, filter)
  await database.query(
    `delete from ${QUEUE_SCHEMA}.job where name = $1 and state = 'failed' and output->>'reason' = 'redrive_conflict'`,
    [DEAD_QUEUE],
  )
  return moved
}

function listed(found: z.infer<typeof JobRow>): ListedJob {
  const read = readPayload(found.data)
  return {
    id: found.id,
    queue: found.source_name ?? found.name,
    state: found.state,
    key: found.singleton_key ?? '',
    job: read.ok ? read.payload.job : null,
    attempts: found.attempts,
    queuedAt: Math.round(found.queued_at),
    startsAt: Math.round(found.starts_at),
    because: read.ok ? reasonOf(found.output) : read.because,
  }
}

/** Our own reason, or the message that pg-boss left when a worker died or a job took too long. */
function reasonOf(output: unknown): string | null {
  const ours = Output.safeParse(output)
  if (ours.success) return ours.data.because
  const theirs = PgBossError.safeParse(output)
  return theirs.success ? theirs.data.message : null
}

async function counts(database: Database): Promise<readonly QueueCount[]> {
  const found = await rows(
    database,
    CountRow,
    `select queue, state, count(*) as jobs, max(age) as oldest_ms from (
       select coalesce(source_name, name) as queue, ${STATE} as state,
         extract(epoch from now() - greatest(start_after, created_on)) * 1000 as age
       from ${QUEUE_SCHEMA}.job where name = any($1::text[])) as jobs
     group by queue, state`,
    [ALL],
  )
  return WORKING.map((queue) => {
    const of = (state: JobState) =>
      found.find((entry) => entry.queue === queue && entry.state === state)
    return {
      queue,
      waiting: of('waiting')?.jobs ?? 0,
      delayed: of('delayed')?.jobs ?? 0,
      active: of('active')?.jobs ?? 0,
      dead: of('dead')?.jobs ?? 0,
      oldestWaitingMs: Math.max(0, Math.round(of('waiting')?.oldest_ms ?? 0)),
    }
  })
}

import * as z from 'zod'
import type { ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import { row, rows } from '#store/database'
import type { Hold } from '#store/effects'
import { reopenEffects } from '#store/effects'
import type { ClaimedRun } from '#store/run-handle'
import { ReviewJobText } from '#store/run-job'
import { triggerKey } from '#store/run-key'
import { RunState } from '#store/run-state'
import { storableReason } from '#store/storable-text'

/** A run that nobody works on and whose check, as far as is known, was never concluded. */
export interface UnfinishedRun {
  readonly runKey: string
  readonly job: ReviewJob
  readonly headSha: string
  readonly state: RunState
  readonly because: string | null
  /** Null when the check may exist under the run's external id, but its number is not known. */
  readonly checkRunId: number | null
}

const LatestRow = z.object({
  run_key: z.string(),
  generation: z.int(),
  state: RunState,
  job: ReviewJobText,
})

const ClaimedRow = z
  .object({
    run_key: z.string(),
    pull_key: z.string(),
    job: ReviewJobText,
    epoch: z.int(),
    state: RunState,
    created_at: z.coerce.number(),
  })
  .transform(
    (found): ClaimedRun => ({
      state: found.state,
      key: found.run_key,
      pullKey: found.pull_key,
      job: found.job,
      epoch: found.epoch,
      createdAt: found.created_at,
    }),
  )

const UnfinishedRow = z
  .object({
    run_key: z.string(),
    job: ReviewJobText,
    head_sha: z.string(),
    state: RunState,
    because: z.string().nullable(),
    object_id: z.string().nullable(),
  })
  .transform(
    (found): UnfinishedRun => ({
      runKey: found.run_key,
      job: found.job,
      headSha: found.head_sha,
      state: found.state,
      because: found.because,
      checkRunId: found.object_id === null ? null : Number(found.object_id),
    }),
  )

const KeyRow = z.object({ run_key: z.string() })

const UNHELD = '(lease_until is null or lease_until < clock_timestamp())'

/** The last time this review was taken up. */
export function latestRun(database: Database, review: string) {
  return row(
    database,
    LatestRow,
    'select run_key, generation, state, job from runs where review_key = $1 order by generation desc limit 1',
    [review],
  )
}

/** Writes a run that nobody holds yet; another worker may have written it first. */
export async function insertRun(
  database: Database,
  run: {
    key: string
    review: string
    generation: number
    job: ReviewJob
    headSha: string
    baseRef: string
    now: number
  },
): Promise<void> {
  const { job } = run
  await database.query(
    `insert into runs (run_key, review_key, generation, pull_key, installation_id, repository_id,
       pull, head_sha, base_ref, trigger, job, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'claimed', $12)
     on conflict do nothing`,
    [
      run.key,
      run.review,
      run.generation,
      jobKey(job),
      job.installation,
      job.repository.id,
      job.pull,
      run.headSha,
      run.baseRef,
      triggerKey(job),
      JSON.stringify(job),
      run.now,
    ],
  )
}

/**
 * The fence: one statement that raises the epoch, so that whoever held the run before can no
 * longer write. For a job a run that is over is not given out, and a dead one is, still as dead;
 * without one every run is, to be concluded.
 */
export function claimRun(
  database: Database,
  claim: { runKey: string; holder: string; leaseMs: number; job: ReviewJob | null },
): Promise<ClaimedRun | null> {
  return row(
    database,
    ClaimedRow,
    `update runs set epoch = epoch + 1, holder = $2,
       lease_until = clock_timestamp() + $3::int * interval '1 millisecond',
       superseded = superseded and $4::text is null, job = coalesce($4::text, job)
     where run_key = $1 and ${UNHELD}
       and ($4::text is null or state in ('claimed', 'planned', 'dead'))
     returning run_key, pull_key, job, epoch, state, created_at`,
    [claim.runKey, claim.holder, claim.leaseMs, claim.job && JSON.stringify(claim.job)],
  )
}

/**
 * A dead run is wanted again: somebody replayed its job. It closes its check once more and may
 * send its writes again; what is done stays done. The state changes last, so that a crash in
 * between repeats all of it.
 */
export async function reviveRun(database: Database, hold: Hold): Promise<void> {
  await reopenEffects(database, hold)
  await database.query(
    `update runs set state = case when plan is null then 'claimed' else 'planned' end,
       because = null, ended_at = null
     where run_key = $1 and epoch = $2 and state = 'dead'`,
    [hold.runKey, hold.epoch],
  )
}

/** A held run is only flagged, so that its worker can end it in order; the others end at once. */
export async function supersedeRuns(
  database: Database,
  of: {
    pullKey: string
    exceptRunKey: string | null
    /** Null calls off whichever there are. */
    onlyRunKeys: readonly string[] | null
    now: number
  },
): Promise<readonly string[]> {
  const found = await rows(
    database,
    KeyRow,
    `update runs set superseded = true,
       state = case when ${UNHELD} then 'superseded' else state end,
       ended_at = case when ${UNHELD} then $3::bigint end
     where pull_key = $1 and state in ('claimed', 'planned') and run_key is distinct from $2
       and ($4::text[] is null or run_key = any($4::text[]))
     returning run_key`,
    [of.pullKey, of.exceptRunKey, of.now, of.onlyRunKeys],
  )
  return found.map(({ run_key }) => run_key)
}

/** Ends the runs whose job is gone, then lists every ended one that left its check open. */
export async function unfinishedRuns(
  database: Database,
  now: number,
): Promise<readonly UnfinishedRun[]> {
  return rows(
    database,
    UnfinishedRow,
    `with ended as (
       update runs set ended_at = $2, state = case when superseded then 'superseded' else 'dead' end,
         because = coalesce(because, 'The job ended before the review did.')
       where state in ('claimed', 'planned') and ${UNHELD} and (superseded or not exists (
         select 1 from ${QUEUE_SCHEMA}.job where name = $1 and singleton_key = runs.pull_key
           and job.state in ('created', 'retry', 'active')))
       returning run_key, job, head_sha, state, because, created_at),
     over as (
       select * from ended union all
       select run_key, job, head_sha, state, because, created_at from runs
       where state in ('superseded', 'cancelled', 'dead') and ${UNHELD})
     select run_key, job, head_sha, state, because, object_id
     from over join effects using (run_key)
     where step = 'open-check' and not exists (
       select 1 from effects as closing where closing.run_key = over.run_key
         and closing.step = 'conclude-check' and closing.status = 'done')
     order by created_at limit 100`,
    [QUEUES.review, now],
  )
}

/** Ends what was left of a pull request's review when its job was given up. */
export async function markDead(
  database: Database,
  of: { pullKey: string; because: string; now: number },
): Promise<void> {
  await database.query(
    `update runs set state = 'dead', because = $2, ended_at = $3
     where pull_key = $1 and state in ('claimed', 'planned') and ${UNHELD}`,
    [of.pullKey, storableReason(of.because), of.now],
  )
}

/** For a store that this process alone can have open: whoever held a lease is dead. */
export async function dropLeases(database: Database): Promise<void> {
  await database.query('update runs set lease_until = null where lease_until is not null')
}

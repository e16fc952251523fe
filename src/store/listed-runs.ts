import * as z from 'zod'
import type { ReviewJob } from '#core/job/job'
import type { PullName } from '#core/render/planned-writes'
import type { Database } from '#store/database'
import { row, rows } from '#store/database'
import { ReviewJobText } from '#store/run-job'
import { RunState } from '#store/run-state'

/** A run as an operator sees it. Moments are milliseconds since the epoch. */
export interface ListedRun {
  readonly runKey: string
  readonly job: ReviewJob
  readonly headSha: string
  readonly baseRef: string
  /** `auto`, `cmd:<comment id>` or `rerun:<check run id>:<delivery>`. */
  readonly trigger: string
  readonly state: RunState
  readonly because: string | null
  readonly epoch: number
  readonly createdAt: number
  readonly endedAt: number | null
  /** The frozen plan as JSON: what was or would have been posted. */
  readonly plan: string | null
}

const ListedRow = z
  .object({
    run_key: z.string(),
    job: ReviewJobText,
    head_sha: z.string(),
    base_ref: z.string(),
    trigger: z.string(),
    state: RunState,
    because: z.string().nullable(),
    epoch: z.int(),
    created_at: z.coerce.number(),
    ended_at: z.coerce.number().nullable(),
    plan: z.string().nullable(),
  })
  .transform(
    (found): ListedRun => ({
      runKey: found.run_key,
      job: found.job,
      headSha: found.head_sha,
      baseRef: found.base_ref,
      trigger: found.trigger,
      state: found.state,
      because: found.because,
      epoch: found.epoch,
      createdAt: found.created_at,
      endedAt: found.ended_at,
      plan: found.plan,
    }),
  )

const LISTED =
  'run_key, job, head_sha, base_ref, trigger, state, because, epoch, created_at, ended_at, plan'

/** The latest runs of a pull request, newest first. */
export function runsOfPull(database: Database, pullKey: string): Promise<readonly ListedRun[]> {
  return rows(
    database,
    ListedRow,
    `select ${LISTED} from runs where pull_key = $1 order by created_at desc, generation desc limit 100`,
    [pullKey],
  )
}

const OpenRow = z
  .object({ run_key: z.string(), head_sha: z.string() })
  .transform((found): OpenRun => ({ runKey: found.run_key, headSha: found.head_sha }))

/** A run that has not ended. */
export interface OpenRun {
  readonly runKey: string
  readonly headSha: string
}

/** The runs of a pull request that have not ended, newest first. */
export function openRunsOfPull(database: Database, pullKey: string): Promise<readonly OpenRun[]> {
  return rows(
    database,
    OpenRow,
    `select run_key, head_sha from runs where pull_key = $1 and ended_at is null
     order by created_at desc, generation desc`,
    [pullKey],
  )
}

/** One run by its key. */
export function findRun(database: Database, runKey: string): Promise<ListedRun | null> {
  return row(database, ListedRow, `select ${LISTED} from runs where run_key = $1`, [runKey])
}

/**
 * The latest review of a pull request that got as far as a plan which is still kept. Repositories
 * are found by the name that they had when the review was asked for.
 */
export function latestPlanned(
  database: Database,
  { owner, name, pull }: PullName,
): Promise<ListedRun | null> {
  return row(
    database,
    ListedRow,
    `select ${LISTED} from runs where pull = $1 and plan is not null
       and lower(job::json->'repository'->>'owner') = lower($2)
       and lower(job::json->'repository'->>'name') = lower($3)
     order by created_at desc, generation desc limit 1`,
    [pull, owner, name],
  )
}

const PullRow = z.object({ pull: z.int() })

/** A check on a head: of a repository of an installation, both by their numeric ids. */
export interface CheckedHead {
  readonly installation: number
  readonly repository: number
  /** The key of the run that the check names; null where it names none. */
  readonly externalId: string | null
  readonly head: string
}

/** The pull requests whose runs a check may belong to. */
export async function pullsOf(
  database: Database,
  { installation, repository, externalId, head }: CheckedHead,
): Promise<readonly number[]> {
  const place = [installation, repository]
  const named = await rows(
    database,
    PullRow,
    `select pull from runs where installation_id = $1 and repository_id = $2 and run_key = $3`,
    [...place, externalId],
  )
  const found =
    named.length > 0
      ? named
      : await rows(
          database,
          PullRow,
          `select distinct pull from runs
           where installation_id = $1 and repository_id = $2 and head_sha = $3 order by pull`,
          [...place, head],
        )
  return found.map(({ pull }) => pull)
}

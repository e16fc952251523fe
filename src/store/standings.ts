import * as z from 'zod'
import { pullKey, type RepositoryRef } from '#core/job/job'
import type { OpenPull, Standing } from '#flow/onboarding-port'
import { DEAD_QUEUE, QUEUE_SCHEMA, QUEUES } from '#store/boss'
import { type Database, rows } from '#store/database'

/** What the store knows of open pull requests of one repository, by their numbers. */
export type Standings = (
  place: { readonly installation: number; readonly repository: RepositoryRef },
  pulls: readonly OpenPull[],
) => Promise<ReadonlyMap<number, Standing>>

const StandingRow = z.object({ pull: z.int(), covered: z.boolean(), known: z.boolean() })

/**
 * What waits reads the head anew when it starts, so it covers whatever is there; all else covers
 * the head that it was for. A job that ended without a run, as for a draft, covers what it saw.
 */
const SQL = `select pull,
    exists (select 1 from runs where pull_key = asked.key and head_sha = asked.head)
    or exists (
      select 1 from ${QUEUE_SCHEMA}.job
      where name = any($5::text[]) and singleton_key = asked.key and (
        (name = '${QUEUES.review}' and state in ('created', 'retry'))
        or (data->'job'->>'head' = asked.head and (
          name = '${DEAD_QUEUE}' or state = 'active'
          or (state = 'completed' and completed_on >= to_timestamp(asked.updated / 1000.0)))))
    ) as covered,
    exists (select 1 from runs where pull_key = asked.key) as known
  from unnest($1::int[], $2::text[], $3::text[], $4::bigint[]) as asked(pull, key, head, updated)`

/** Looks pull requests up among runs and jobs. */
export function createStandings(database: Database): Standings {
  return async (place, pulls) => {
    if (pulls.length === 0) return new Map()
    const found = await rows(database, StandingRow, SQL, [
      pulls.map(({ number }) => number),
      pulls.map(({ number }) => pullKey({ ...place, pull: number })),
      pulls.map(({ head }) => head),
      pulls.map(({ updatedAt }) => updatedAt),
      [QUEUES.review, DEAD_QUEUE],
    ])
    return new Map(found.map((row) => [row.pull, standingOf(row)]))
  }
}

function standingOf({ covered, known }: z.infer<typeof StandingRow>): Standing {
  if (covered) return 'covered'
  return known ? 'moved' : 'new'
}

import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Clock, Log } from '#flow/ports'
import { joinBoss, QUEUE_SCHEMA } from '#store/boss'
import { row, storeFailure } from '#store/database'
import { enqueueJob } from '#store/enqueue-job'
import { createHalts, type Halts } from '#store/halts'
import { createJobDesk, type JobDesk } from '#store/job-desk'
import type { Jobs } from '#store/jobs'
import { latestPlanned } from '#store/listed-runs'
import { openPostgresDatabase } from '#store/postgres-database'
import { createRests, type Rests } from '#store/rests'
import type { Runs } from '#store/runs'
import { createStandings, type Standings } from '#store/standings'

/** The jobs of servers that run elsewhere. */
export interface OpenJobDesk {
  readonly desk: JobDesk
  readonly halts: Halts
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly runs: Pick<Runs, 'latestPlanned'>
  readonly rests: Rests
  readonly standings: Standings
  close(): Promise<void>
}

const Queue = z.object({ made: z.boolean() })

/**
 * Opens the jobs on a Postgres server beside the servers that work on them. Nothing is made or
 * migrated.
 *
 * @throws Problem `store.unreachable`, `store.unused` where no server has been yet, or
 *   `store.other-version`
 */
export async function openJobDesk(
  databaseUrl: string,
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
): Promise<OpenJobDesk> {
  const database = await openPostgresDatabase(databaseUrl, log)
  try {
    const name = `${QUEUE_SCHEMA}.job`
    const queue = await row(database, Queue, 'select to_regclass($1) is not null as made', [name])
    if (queue?.made !== true) throw unused()
    const boss = await joinBoss(databaseUrl, log).catch((cause: unknown) => {
      throw otherVersion(cause)
    })
    return {
      desk: createJobDesk({ database, boss, clock }),
      halts: createHalts(database, clock),
      jobs: { enqueue: (job) => enqueueJob({ boss, database, clock }, job) },
      runs: { latestPlanned: (of) => latestPlanned(database, of) },
      rests: createRests(database, clock),
      standings: createStandings(database),
      async close() {
        await boss.stop({ graceful: false })
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

function unused(): Problem {
  return new Problem(
    'store.unused',
    'told',
    'There are no jobs in the database of DATABASE_URL: no server has been started on it yet.',
  )
}

function otherVersion(cause: unknown): unknown {
  const failure = storeFailure(cause)
  if (failure instanceof Problem) return failure
  const message =
    'The jobs in the database of DATABASE_URL belong to another version of tech-lead. Use the version that the servers run.'
  return new Problem('store.other-version', 'told', message, { cause })
}

import { PgBoss } from 'pg-boss'
import type { Log } from '#flow/ports'
import type { Database } from '#store/database'

/**
 * Reviews take minutes, errands moments, and neither must stand in line behind the other or behind
 * thousands of first looks.
 */
export const QUEUES = { review: 'review', errand: 'errand', look: 'look' } as const
/** Where jobs lie that nobody can do. */
export const DEAD_QUEUE = 'dead'
/** The schema that belongs to pg-boss alone; it migrates itself. */
export const QUEUE_SCHEMA = 'pgboss'

/** How often a failing job is tried, and the exponential delay between the tries in seconds. */
export interface RetryRule {
  readonly limit: number
  readonly delaySeconds: number
  readonly maxDelaySeconds: number
}

/** About ten minutes of trying, then the job is dead until somebody replays it. */
export const DEFAULT_RETRY: RetryRule = { limit: 8, delaySeconds: 2, maxDelaySeconds: 300 }

const DAY_SECONDS = 86_400
/**
 * A silent worker's job is taken over after this and one monitoring pass; 10 is the least allowed.
 * In one process nobody else waits to take over, and its jobs are found at the next start: there
 * it only frees a job whose end could not be written.
 */
const HEARTBEAT_SECONDS = { embedded: 60, postgres: 10 }
const MONITOR_SECONDS = { embedded: 30, postgres: 2 }
/** Nothing of ours runs longer; a hung handler with a beating heart ends here. */
const LONGEST_JOB_SECONDS = 3_600

/** Starts the job queue on the store's database, its queues made or brought up to date. */
export async function startBoss(database: Database, log: Log, retry: RetryRule): Promise<PgBoss> {
  const access = database.queueAccess
  const boss = new PgBoss({
    ...(access.kind === 'adapter'
      ? { db: access.db, backend: 'pglite' as const }
      : {
          connectionString: access.connectionString,
          max: 6,
          connectionTimeoutMillis: 5_000,
          application_name: 'integrations-tech-lead jobs',
        }),
    schema: QUEUE_SCHEMA,
    schedule: false,
    registerInstance: false,
    // In one process whoever queues a job wakes a worker itself (crew.ts).
    useListenNotify: access.kind === 'address',
    superviseIntervalSeconds: MONITOR_SECONDS[database.kind],
    monitorIntervalSeconds: MONITOR_SECONDS[database.kind],
  })
  boss.on('error', (error) => log.warn({ reason: error.message }, 'job queue hindered'))
  boss.on('warning', (warning) => log.warn({ reason: warning.message }, 'job queue warned'))
  await boss.start()
  await makeQueues(boss, HEARTBEAT_SECONDS[database.kind], retry)
  return boss
}

async function makeQueues(boss: PgBoss, heartbeatSeconds: number, retry: RetryRule): Promise<void> {
  const keeping = { retentionSeconds: 30 * DAY_SECONDS, deleteAfterSeconds: DAY_SECONDS }
  const deadKeeping = { retentionSeconds: 90 * DAY_SECONDS, deleteAfterSeconds: 7 * DAY_SECONDS }
  await boss.createQueue(DEAD_QUEUE, deadKeeping)
  await boss.updateQueue(DEAD_QUEUE, deadKeeping)
  const working = {
    ...keeping,
    retryLimit: retry.limit,
    retryDelay: retry.delaySeconds,
    retryDelayMax: retry.maxDelaySeconds,
    retryBackoff: true,
    expireInSeconds: LONGEST_JOB_SECONDS,
    heartbeatSeconds,
    notify: true,
    deadLetter: DEAD_QUEUE,
  }
  for (const name of Object.values(QUEUES)) {
    await boss.createQueue(name, { ...working, policy: 'stately' })
    await boss.updateQueue(name, working)
  }
}

/**
 * Joins a queue that a server has made, to look at it and change single jobs. Nothing is migrated
 * and nothing is supervised: that stays with the servers. Rejects where there is no such queue, or
 * one of another version.
 */
export async function joinBoss(connectionString: string, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    max: 2,
    connectionTimeoutMillis: 5_000,
    application_name: 'integrations-tech-lead operator',
    schema: QUEUE_SCHEMA,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  boss.on('error', (error) => log.warn({ reason: error.message }, 'job queue hindered'))
  await boss.start()
  return boss
}

import { PgBoss } from 'pg-boss'
import type { Log } from '#flow/ports'
import type { Database } from '#store/database'

/** The queues of work, and the one where jobs lie that nobody can do. */
export const QUEUES = { review: 'review', settle: 'settle' } as const
export const DEAD_QUEUE = 'dead'
/** The schema that belongs to pg-boss alone; it migrates itself. */
export const QUEUE_SCHEMA = 'pgboss'

/** How often a failing job is tried, and the exponential delay between the tries in seconds. */
export interface RetryRule {
  readonly limit: number
  readonly delaySeconds: number
  readonly maxDelaySeconds: number
}

const DAY_SECONDS = 86_400
/** A dead worker's job is taken over after this and one monitoring pass. 10 is the least allowed. */
const HEARTBEAT_SECONDS = 10
/** Nothing of ours runs longer; a hung handler with a beating heart ends here. */
const LONGEST_JOB_SECONDS = 3_600

/** Starts the job queue on the store's database, its queues made or brought up to date. */
export async function startBoss(database: Database, log: Log, retry: RetryRule): Promise<PgBoss> {
  const embedded = database.kind === 'embedded'
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
    useListenNotify: true,
    superviseIntervalSeconds: embedded ? 30 : 2,
    monitorIntervalSeconds: embedded ? 30 : 2,
  })
  boss.on('error', (error) => log.warn({ reason: error.message }, 'job queue hindered'))
  boss.on('warning', (warning) => log.warn({ reason: warning.message }, 'job queue warned'))
  await boss.start()
  await makeQueues(boss, embedded, retry)
  return boss
}

async function makeQueues(boss: PgBoss, embedded: boolean, retry: RetryRule): Promise<void> {
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
    notify: true,
    deadLetter: DEAD_QUEUE,
  }
  // In one process no other worker waits to take over: jobs of a dead process are found at start,
  // and a heartbeat would only punish a process that was busy for ten seconds.
  const beating = embedded ? {} : { heartbeatSeconds: HEARTBEAT_SECONDS }
  for (const name of Object.values(QUEUES)) {
    await boss.createQueue(name, { ...working, ...beating, policy: 'stately' })
    await boss.updateQueue(name, { ...working, ...beating })
  }
}

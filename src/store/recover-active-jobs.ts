import type { PgBoss } from 'pg-boss'
import * as z from 'zod'
import type { Log } from '#flow/ports'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import { rows } from '#store/database'

const ActiveRow = z.object({ id: z.string(), name: z.string() })

/**
 * Queues the jobs again that a killed process left active. Only for a store that this process
 * alone can have open. The try counts, so a job that kills the process every time ends up dead.
 */
export async function recoverActiveJobs(database: Database, boss: PgBoss, log: Log): Promise<void> {
  const left = await rows(
    database,
    ActiveRow,
    `select id::text, name from ${QUEUE_SCHEMA}.job where name = any($1::text[]) and state = 'active'`,
    [Object.values(QUEUES)],
  )
  for (const { id, name } of left) {
    await boss.fail(name, id, { because: 'The process ended while it worked on this.' })
    // A failed try waits before the next; this one was not the job's fault as far as we know.
    await boss.update(name, undefined, { id, startAfter: 0 })
  }
  if (left.length > 0) log.warn({ jobs: left.length }, 'jobs recovered')
}

import type { PgBoss } from 'pg-boss'
import * as z from 'zod'
import { QUEUE_SCHEMA, QUEUES } from '#store/boss'
import type { Database } from '#store/database'
import type { JobPayload } from '#store/job-payload'

/** A review that waits while another of its pull request is queued. */
export const Twin = z.object({
  id: z.string(),
  /** Its payload, not yet read. */
  data: z.unknown(),
  /** The payload as the database writes it: what has to stand there still when it is changed. */
  seen: z.string().nullable(),
})
export type Twin = z.infer<typeof Twin>

/** Twins of a key ($2) in SQL, the newest first. */
export const TWINS = `select coalesce(jsonb_agg(
    jsonb_build_object('id', id, 'data', data, 'seen', data::text) order by created_on desc), '[]')
  from ${QUEUE_SCHEMA}.job
  where name = '${QUEUES.review}' and state < 'active' and singleton_key = $2`

const UNCHANGED = `name = '${QUEUES.review}' and id = $1::uuid and state < 'active'
  and data::text is not distinct from $2`

/**
 * Gives a twin another payload; it starts when it would have, or before others that wait as long.
 * False when it has begun or is no longer what was seen: then nothing was written.
 */
export async function rewriteTwin(
  { database }: { readonly database: Pick<Database, 'query'> },
  { id, seen }: Twin,
  payload: JobPayload,
  priority: number,
): Promise<boolean> {
  const written = await database.query(
    `update ${QUEUE_SCHEMA}.job set data = $3::jsonb, priority = greatest(priority, $4)
     where ${UNCHANGED} returning 1`,
    [id, seen, JSON.stringify(payload), priority],
  )
  return written.length > 0
}

/** Puts new work in the place of a twin, to start at once with all its tries. False as above. */
export async function replaceTwin(
  { boss, database }: { readonly boss: PgBoss; readonly database: Pick<Database, 'query'> },
  { id, seen }: Twin,
  payload: JobPayload,
  priority: number,
): Promise<boolean> {
  const written = await database.query(
    `update ${QUEUE_SCHEMA}.job set data = $3::jsonb, priority = greatest(priority, $4),
       retry_count = 0, started_on = null,
       start_after = now(), keep_until = now() + (keep_until - start_after)
     where ${UNCHANGED} returning 1`,
    [id, seen, JSON.stringify(payload), priority],
  )
  if (written.length === 0) return false
  // Changes nothing more: with it the queue tells the workers of other processes.
  await boss.update(QUEUES.review, undefined, { id, startAfter: 0 })
  return true
}

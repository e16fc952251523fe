import * as z from 'zod'
import type { Clock, Effect, Run } from '#flow/ports'
import type { Database } from '#store/database'
import { row } from '#store/database'

/** A table whose rows each have one effect: something is posted once. */
export interface PostTable {
  readonly table: 'answers' | 'audits'
  readonly key: 'comment_key' | 'repository_key'
}

const PostRow = z
  .object({
    status: z.enum(['open', 'intended', 'done']),
    object_id: z.string().nullable(),
    attempts: z.int(),
    intended_at: z.coerce.number(),
  })
  .transform(({ status, object_id: objectId, attempts, intended_at: intendedAt }): Effect | null =>
    status === 'open' ? null : { status, objectId, attempts, intendedAt },
  )
const POST = 'status, object_id, attempts, coalesce(intended_at, 0) as intended_at'

/** The one effect of a row, which is made when it is first intended. */
export function recordedPost(
  { database, clock }: { readonly database: Database; readonly clock: Pick<Clock, 'now'> },
  { table, key: column }: PostTable,
  key: string,
): Pick<Run, 'effect' | 'intend' | 'done' | 'withdraw'> {
  return {
    effect: () =>
      row(database, PostRow, `select ${POST} from ${table} where ${column} = $1`, [key]),
    async intend() {
      const intended = await row(
        database,
        PostRow,
        `insert into ${table} (${column}, status, attempts, intended_at, created_at)
         values ($1, 'intended', 1, $2, $2)
         on conflict (${column}) do update set attempts = ${table}.attempts + 1,
           status = case ${table}.status when 'done' then 'done' else 'intended' end,
           intended_at = excluded.intended_at
         returning ${POST}`,
        [key, clock.now()],
      )
      return (
        intended ?? { status: 'intended', objectId: null, attempts: 1, intendedAt: clock.now() }
      )
    },
    async done(_, objectId) {
      await database.query(
        `insert into ${table} (${column}, status, object_id, created_at)
         values ($1, 'done', $2, $3)
         on conflict (${column}) do update set status = 'done', object_id = excluded.object_id`,
        [key, objectId, clock.now()],
      )
    },
    async withdraw() {
      await database.query(
        `update ${table} set attempts = attempts - 1,
           status = case when attempts <= 1 then 'open' else status end,
           intended_at = case when attempts <= 1 then null else intended_at end
         where ${column} = $1 and status = 'intended'`,
        [key],
      )
    },
  }
}

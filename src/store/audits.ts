import * as z from 'zod'
import type { Audits } from '#flow/audit-port'
import type { Clock } from '#flow/ports'
import type { Database } from '#store/database'
import { row } from '#store/database'
import { type PostTable, recordedPost } from '#store/recorded-post'
import { storableReason } from '#store/storable-text'

const AUDIT: PostTable = { table: 'audits', key: 'repository_key' }
const LastRow = z.object({ audited_at: z.coerce.number().nullable() })

/** A repository's job is in the hands of one worker at a time: its row needs no lease of its own. */
export function createAudits({
  database,
  clock,
  signal,
}: {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  /** Aborted when the process drains. */
  readonly signal: AbortSignal
}): Audits {
  const keyOf = (installation: number, repository: number) => `${installation}/${repository}`
  return {
    async lastAt(installation, repository) {
      const found = await row(
        database,
        LastRow,
        'select audited_at from audits where repository_key = $1 and audited_at is not null',
        [keyOf(installation, repository)],
      )
      return found?.audited_at ?? null
    },
    async end(installation, repository, result) {
      await database.query(
        `insert into audits (repository_key, result, audited_at, created_at)
         values ($1, $2, $3, $3)
         on conflict (repository_key) do update
           set result = excluded.result, audited_at = excluded.audited_at`,
        [keyOf(installation, repository), storableReason(result), clock.now()],
      )
    },
    opening: (installation, repository) => ({
      signal,
      ...recordedPost({ database, clock }, AUDIT, keyOf(installation, repository)),
    }),
  }
}

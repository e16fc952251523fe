import * as z from 'zod'
import { type Database, row } from '#store/database'

/**
 * How long GitHub has asked each installation to wait, known to all processes that share the store:
 * its limits are counted by installation, and who goes on asking may be banned
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export interface Rests {
  /** An installation rests for so many milliseconds from now; a longer rest stays. */
  rest(installation: number, forMs: number): Promise<void>
  /** Milliseconds that it still rests, 0 when it does not. */
  left(installation: number): Promise<number>
}

const PREFIX = 'rest '
const UntilRow = z.object({ value: z.coerce.number() })

export function createRests(database: Database, clock: { now(): number }): Rests {
  return {
    async rest(installation, forMs) {
      await database.query(
        `insert into notes (key, value) values ($1, $2) on conflict (key) do update
         set value = greatest(notes.value::bigint, excluded.value::bigint)::text`,
        [`${PREFIX}${installation}`, String(Math.round(clock.now() + forMs))],
      )
      // Those that are over are of no use to anybody.
      await database.query('delete from notes where key like $1 and value::bigint < $2', [
        `${PREFIX}%`,
        Math.round(clock.now()),
      ])
    },
    async left(installation) {
      const sql = 'select value from notes where key = $1'
      const found = await row(database, UntilRow, sql, [`${PREFIX}${installation}`])
      return Math.max(0, (found?.value ?? 0) - clock.now())
    },
  }
}

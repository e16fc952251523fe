import * as z from 'zod'
import { type Database, row } from '#store/database'

/**
 * Whose turn it is to post, over all processes that share the store. GitHub limits how much new
 * content an installation makes, without saying how much, and asks for pauses in between
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export interface Turns {
  /** Takes the next turn of an installation; milliseconds until it comes, 0 when it is there. */
  take(installation: number, apartMs: number): Promise<number>
}

const PREFIX = 'turn '
const NextRow = z.object({ value: z.coerce.number() })

export function createTurns(database: Database, clock: { now(): number }): Turns {
  return {
    async take(installation, apartMs) {
      const now = Math.round(clock.now())
      const next = await row(
        database,
        NextRow,
        `insert into notes (key, value) values ($1, ($2::bigint + $3::bigint)::text)
         on conflict (key) do update
         set value = (greatest(notes.value::bigint, $2::bigint) + $3::bigint)::text
         returning value`,
        [`${PREFIX}${installation}`, now, apartMs],
      )
      return Math.max(0, (next?.value ?? now) - apartMs - now)
    },
  }
}

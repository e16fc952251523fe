import * as z from 'zod'
import { LONGEST_REST_MS, type ServiceRest } from '#flow/model-port'
import { type Database, row } from '#store/database'

/**
 * How long GitHub has asked each installation to wait, known to all processes that share the store:
 * its limits are counted by installation, and who goes on asking may be banned
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api). And how
 * long each service of the model has: its limits are those of the account, so of all processes
 * (https://platform.claude.com/docs/en/api/rate-limits).
 */
export interface Rests {
  /** An installation rests for so many milliseconds from now; a longer rest stays. */
  rest(installation: number, forMs: number): Promise<void>
  /** Milliseconds that it still rests, 0 when it does not. */
  left(installation: number): Promise<number>
  /** A service of the model, by a name that all processes give it. */
  ofService(name: string): ServiceRest
}

/** What is heard of the services while money is reserved: each call of the model asks the store then. */
export interface HeardRests {
  /** The notes to look for. */
  keys(): readonly string[]
  /** Until when they rest, by note, in milliseconds since the epoch. */
  hear(untils: Readonly<Record<string, number>>): void
}

/** What the clocks of two processes may differ by. */
const SKEW_MS = 60_000
const PREFIX = 'rest '
const SERVICE = `${PREFIX}model `
const UntilRow = z.object({ value: z.coerce.number() })

export function createRests(
  database: Database,
  clock: { now(): number },
): Rests & { readonly heard: HeardRests } {
  /** Until when each service rests, as far as this process knows. */
  const services = new Map<string, number>()
  const later = (key: string, until: number) =>
    services.set(key, Math.max(services.get(key) ?? 0, until))

  async function keep(key: string, until: number): Promise<void> {
    await database.query(
      `insert into notes (key, value) values ($1, $2) on conflict (key) do update
       set value = greatest(notes.value::bigint, excluded.value::bigint)::text`,
      [key, String(until)],
    )
    // Those that are over are of no use to anybody.
    await database.query('delete from notes where key like $1 and value::bigint < $2', [
      `${PREFIX}%`,
      Math.round(clock.now()),
    ])
  }

  return {
    rest: (installation, forMs) =>
      keep(`${PREFIX}${installation}`, Math.round(clock.now() + forMs)),
    ofService(name) {
      const key = `${SERVICE}${name}`
      later(key, 0)
      return {
        left: () => Math.max(0, (services.get(key) ?? 0) - clock.now()),
        async rest(forMs) {
          const until = Math.round(clock.now() + forMs)
          later(key, until)
          await keep(key, until)
        },
      }
    },
    heard: {
      keys: () => [...services.keys()],
      hear(untils) {
        // Only a clock that is wrong writes down more than anybody may ask for.
        const last = clock.now() + LONGEST_REST_MS + SKEW_MS
        for (const [key, until] of Object.entries(untils)) if (until <= last) later(key, until)
      },
    },
    async left(installation) {
      const sql = 'select value from notes where key = $1'
      const found = await row(database, UntilRow, sql, [`${PREFIX}${installation}`])
      return Math.max(0, (found?.value ?? 0) - clock.now())
    },
  }
}

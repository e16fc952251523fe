import * as z from 'zod'
import { Problem } from '#core/problem'
import { QUEUE_SCHEMA } from '#store/boss'
import { type Database, row, rows } from '#store/database'

/** What an operator may stop: everything, an installation by its id, or a repository by its name. */
type HaltScope = string

/** A stop that holds until it is taken back. */
export interface Halt {
  readonly scope: HaltScope
  /** Milliseconds since the epoch. */
  readonly since: number
}

/** The operator's stops, known to all processes that share the store. */
export interface Halts {
  halt(scope: HaltScope): Promise<void>
  /** False when nothing of this scope was stopped. What waited because of it is due at once. */
  resume(scope: HaltScope): Promise<boolean>
  list(): Promise<readonly Halt[]>
  /** Throws Problem `run.halted`, which asks to wait, where the operator has stopped this work. */
  refuse(work: HaltedWork): Promise<void>
}

/** What a stop is looked up by; jobs of a whole installation have no repository. */
export interface HaltedWork {
  readonly installation: number
  readonly repository?: { readonly owner: string; readonly name: string }
}

/** Stops everything. */
const EVERYTHING = 'all'
/** A stopped job looks again after this. Milliseconds. */
const LOOK_MS = 30_000
const PREFIX = 'halt '

const HaltRow = z.object({ key: z.string(), value: z.coerce.number() })
const KeyRow = z.object({ key: z.string() })

export function createHalts(database: Database, clock: { now(): number }): Halts {
  return {
    async halt(scope) {
      await database.query(
        'insert into notes (key, value) values ($1, $2) on conflict (key) do nothing',
        [keyOf(scope), String(clock.now())],
      )
    },
    async resume(scope) {
      const sql = 'delete from notes where key = $1 returning key'
      const found = await row(database, KeyRow, sql, [keyOf(scope)])
      if (found === null) return false
      // Whoever is still stopped by another scope, or waits for something else, looks once too often.
      await database.query(
        `update ${QUEUE_SCHEMA}.job set start_after = now()
         where state in ('created', 'retry') and start_after > now()
           and start_after <= now() + $1::int * interval '1 millisecond'`,
        [LOOK_MS],
      )
      return true
    },
    async list() {
      const sql = 'select key, value from notes where key like $1 order by key'
      const found = await rows(database, HaltRow, sql, [`${PREFIX}%`])
      return found.map(({ key, value }) => ({ scope: key.slice(PREFIX.length), since: value }))
    },
    refuse: (work) => refuseHalted(database, work),
  }
}

/** Throws Problem `run.halted` where the operator has stopped this work. */
export async function refuseHalted(
  database: Pick<Database, 'query'>,
  { installation, repository }: HaltedWork,
): Promise<void> {
  const scopes = [
    EVERYTHING,
    String(installation),
    ...(repository === undefined ? [] : [`${repository.owner}/${repository.name}`]),
  ]
  const sql = 'select key from notes where key = any($1::text[]) limit 1'
  const found = await row(database, KeyRow, sql, [scopes.map(keyOf)])
  if (found === null) return
  const message = `The operator has halted ${found.key.slice(PREFIX.length)}.`
  throw new Problem('run.halted', 'retry', message, { retryAfterMs: LOOK_MS })
}

/** Names on GitHub ignore case. */
function keyOf(scope: HaltScope): string {
  return `${PREFIX}${scope.toLowerCase()}`
}

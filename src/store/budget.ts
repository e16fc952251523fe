import * as z from 'zod'
import type { Budget, Clock } from '#flow/ports'
import type { Database, Queries } from '#store/database'
import { row, rows } from '#store/database'
import type { HeardRests } from '#store/rests'

/** What may be spent in US dollars; null means that only the other ceilings count. */
export interface Ceilings {
  readonly run: number | null
  readonly pullPerDay: number | null
  readonly installationPerDay: number | null
  readonly perDay: number | null
}

/** Whose money it is. */
export interface Spender {
  readonly runKey: string
  readonly installation: number
  readonly repository: number
  readonly pull: number
}

export interface Budgets {
  of(spender: Spender, ceilings: Ceilings): Budget
  /**
   * Counts what a dead worker had reserved for a run as spent: nobody can know whether its last
   * call was billed. For a run that was claimed anew.
   */
  settleLost(runKey: string): Promise<void>
  /** US dollars that were spent or are reserved on this day (UTC, `2026-11-22`), everywhere. */
  spentOn(day: string): Promise<number>
}

interface Scope {
  readonly scope: string
  readonly period: string
  /** Millionths of a dollar. */
  readonly ceiling: number | null
}

const ReservationRow = z.object({ id: z.coerce.number() })
const ReserveRow = z.object({
  id: z.coerce.number().nullable(),
  rests: z.record(z.string(), z.coerce.number()),
})
const LostRow = z.object({
  id: z.coerce.number(),
  day: z.string(),
  scopes: z.array(z.string()),
  amount: z.coerce.number(),
})
const SpentRow = z.object({ spent: z.coerce.number() })

const GLOBAL = 'all'
const WHOLE_LIFE = 'ever'

/** Money is kept in whole millionths of a dollar, rounded against the spender. */
function millionths(usd: number): number {
  return Math.ceil(Math.round(usd * 1e9) / 1e3)
}

interface Needs {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly heard: HeardRests
}

export function createBudgets(needs: Needs): Budgets {
  const { database } = needs
  return {
    of: (spender, ceilings) => createBudget(needs, spender, ceilings),
    async settleLost(runKey) {
      // Most runs have lost nothing, and a transaction keeps deliveries waiting in the embedded store.
      const held = 'select id from reservations where run_key = $1 limit 1'
      if ((await row(database, ReservationRow, held, [runKey])) === null) return
      await database.transaction(async (queries) => {
        const lost = await rows(
          queries,
          LostRow,
          'delete from reservations where run_key = $1 returning id, day, scopes, amount',
          [runKey],
        )
        for (const { scopes, day, amount } of lost) {
          await move(queries, { scopes, day, reserved: amount, spent: amount })
        }
      })
    },
    async spentOn(day) {
      const found = await row(
        database,
        SpentRow,
        'select reserved + settled as spent from budgets where scope = $1 and period = $2',
        [GLOBAL, day],
      )
      return (found?.spent ?? 0) / 1e6
    },
  }
}

function createBudget(
  { database, clock, heard }: Needs,
  spender: Spender,
  ceilings: Ceilings,
): Budget {
  /** Reservations of this worker that are not settled, by amount. */
  const open: { readonly id: number; readonly amount: number }[] = []
  /** The day whose rows are there. */
  let madeFor: string | null = null
  const scopeNames = [
    `run:${spender.runKey}`,
    `pull:${spender.installation}/${spender.repository}#${spender.pull}`,
    `installation:${spender.installation}`,
    GLOBAL,
  ]

  return {
    async reserve(usd) {
      const amount = millionths(usd)
      const now = clock.now()
      const day = dayOf(now)
      const scopes = scopesOf(scopeNames, ceilings, day)
      if (madeFor !== day) await makeRows(database, scopes)
      madeFor = day
      const wanted = { runKey: spender.runKey, day, amount, now, services: heard.keys() }
      const { id, rests } = await reserve(database, scopes, wanted)
      heard.hear(rests)
      if (id === null) return false
      open.push({ id, amount })
      return true
    },
    async settle(entry) {
      const amount = millionths(entry.reserved)
      const index = open.findIndex((reservation) => reservation.amount === amount)
      const [reservation] = index < 0 ? [] : open.splice(index, 1)
      if (!reservation) throw new Error('money was settled that had not been reserved')
      const spent = millionths(entry.usd)
      await settle(database, reservation.id, spender, { ...entry, spent, now: clock.now() })
    },
  }
}

function scopesOf(names: readonly string[], ceilings: Ceilings, day: string): Scope[] {
  const limits = [ceilings.run, ceilings.pullPerDay, ceilings.installationPerDay, ceilings.perDay]
  return names.map((scope, index) => {
    const limit = limits[index] ?? null
    return {
      scope,
      period: periodOf(scope, day),
      ceiling: limit === null ? null : millionths(limit),
    }
  })
}

const periodOf = (scope: string, day: string) => (scope.startsWith('run:') ? WHOLE_LIFE : day)
const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10)

/** Makes the rows that are locked later; outside of any transaction, since an empty one is harmless. */
async function makeRows(queries: Queries, scopes: readonly Scope[]): Promise<void> {
  await queries.query(
    `insert into budgets (scope, period)
     select * from unnest($1::text[], $2::text[]) as wanted(scope, period)
     order by scope collate "C" on conflict do nothing`,
    [scopes.map(({ scope }) => scope), scopes.map(({ period }) => period)],
  )
}

/** A reservation to be made, and the notes of the services that may answer. */
interface Wanted {
  readonly runKey: string
  readonly day: string
  readonly amount: number
  readonly now: number
  readonly services: readonly string[]
}

/**
 * All ceilings or none, in one statement: the model waits for it. Rows are locked in the same order
 * by everybody, and what is read of a locked row is what the last to change it left there. It tells
 * as well which services of the model rest, since nobody is to ask them then.
 */
async function reserve(
  queries: Queries,
  scopes: readonly Scope[],
  { runKey, day, amount, now, services }: Wanted,
): Promise<z.infer<typeof ReserveRow>> {
  const reserved = await row(
    queries,
    ReserveRow,
    `with locked as materialized (
       select scope, period, reserved + settled as used from budgets
       where (scope, period) in (select * from unnest($1::text[], $2::text[]))
       order by scope collate "C" for update),
     fitting as (
       select bool_and(locked.scope is not null and (ceiling is null or used + $4::bigint <= ceiling)) as fits
       from unnest($1::text[], $2::text[], $3::bigint[]) as wanted(scope, period, ceiling)
         left join locked using (scope, period)),
     moved as (
       update budgets set reserved = budgets.reserved + $4::bigint from locked, fitting
       where budgets.scope = locked.scope and budgets.period = locked.period and fits),
     made as (
       insert into reservations (run_key, day, scopes, amount, reserved_at)
       select $5, $6, $1::text[], $4::bigint, $7::bigint from fitting where fits returning id)
     select (select id from made) as id,
       (select coalesce(jsonb_object_agg(key, value), '{}') from notes
          where key = any($8::text[])) as rests`,
    [
      scopes.map(({ scope }) => scope),
      scopes.map(({ period }) => period),
      scopes.map(({ ceiling }) => ceiling),
      ...[amount, runKey, day, now, services],
    ],
  )
  return reserved ?? { id: null, rests: {} }
}

/**
 * Ends a reservation on the day it was made for, and writes what came of it into the ledger. One
 * that was taken for lost is spent already.
 */
async function settle(
  queries: Queries,
  reservation: number,
  spender: Spender,
  { usage, ...entry }: Parameters<Budget['settle']>[0] & { spent: number; now: number },
): Promise<void> {
  await queries.query(
    `with gone as (
       delete from reservations where id = $1 returning day, scopes, amount),
     locked as materialized (
       select scope, period, amount from budgets join gone on scope = any(scopes)
         and period = case when scope like 'run:%' then '${WHOLE_LIFE}' else day end
       order by scope collate "C" for update of budgets),
     moved as (
       update budgets set reserved = budgets.reserved - amount, settled = budgets.settled + $2::bigint
       from locked where budgets.scope = locked.scope and budgets.period = locked.period)
     insert into ledger (run_key, installation_id, repository_id, pull, at, model, input_tokens,
       cache_read_tokens, cache_write_tokens, output_tokens, amount, request_id)
     values ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $2, $13)`,
    [
      ...[reservation, entry.spent],
      ...[spender.runKey, spender.installation, spender.repository, spender.pull],
      ...[entry.now, entry.model, usage.inputTokens, usage.cacheReadTokens],
      ...[usage.cacheWriteTokens, usage.outputTokens, entry.requestId],
    ],
  )
}

/** Takes `reserved` off what is reserved and adds `spent` to what is spent, in lock order. */
async function move(
  queries: Queries,
  {
    scopes,
    day,
    reserved,
    spent,
  }: {
    scopes: readonly string[]
    day: string
    reserved: number
    spent: number
  },
): Promise<void> {
  const sorted = [...scopes].sort()
  for (const scope of sorted) {
    await queries.query(
      'update budgets set reserved = reserved - $3::bigint, settled = settled + $4::bigint where scope = $1 and period = $2',
      [scope, periodOf(scope, day), reserved, spent],
    )
  }
}

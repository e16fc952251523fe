import * as z from 'zod'
import { type Database, row, rows } from '#store/database'
import { unpack } from '#store/packed-text'

/** One webhook delivery as the door took it in; `body` is JSON in one line. */
export interface Delivery {
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly body: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

/** `known`: this GUID was here before. `requeued`: it was, and its work was dead and runs again. */
export type Appended = 'new' | 'known' | 'requeued'

/** A delivery taken for dispatching; `attempt` counts from 1. */
export type InboxItem = Delivery & { readonly attempt: number }

/** The channel of NOTIFY on which arrivals are told to other processes. */
export const ARRIVALS = 'tech_lead_inbox'

/** How long one dispatcher may hold a delivery before another takes it. */
const HOLD_MS = 60_000
const Inserted = z.object({ guid: z.string(), fresh: z.boolean() })
const Taken = z.object({
  guid: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  body: z.string(),
  received_at: z.coerce.number(),
  attempts: z.int(),
})
const Backlog = z.object({
  waiting: z.coerce.number(),
  dead: z.coerce.number(),
  oldest: z.coerce.number().nullable(),
})

/** Stores deliveries in one statement; what became of each, in their order. */
export async function insert(
  database: Database,
  deliveries: readonly Delivery[],
): Promise<readonly Appended[]> {
  // One statement may not touch a row twice: of equal GUIDs the first one counts.
  const isFirst = deliveries.map(
    ({ guid }, index) => deliveries.findIndex((other) => other.guid === guid) === index,
  )
  // In the order of their GUIDs: two statements that wait for each other's rows would never end.
  const unique = deliveries
    .filter((_, index) => isFirst[index])
    .sort((one, other) => (one.guid < other.guid ? -1 : 1))
  const inserted = await rows(
    database.urgent,
    Inserted,
    `insert into inbox (guid, event, action, body, received_at)
     select * from unnest(
       $1::text[], $2::text[], $3::text[], string_to_array($4::text, E'\\n'), $5::bigint[])
     on conflict (guid) do update
       set state = 'waiting', attempts = 0, not_before = now(), body = excluded.body, result = null
       where inbox.state = 'dead'
     returning guid, (xmax = 0) as fresh, pg_notify('${ARRIVALS}', '')::text as told`,
    [
      unique.map(({ guid }) => guid),
      unique.map(({ event }) => event),
      unique.map(({ action }) => action),
      // The characters of an array's literal are looked at one by one, those of lines are not.
      unique.map(({ body }) => body).join('\n'),
      unique.map(({ receivedAt }) => receivedAt),
    ],
  )
  const outcome = new Map(
    inserted.map(({ guid, fresh }): [string, Appended] => [guid, fresh ? 'new' : 'requeued']),
  )
  return deliveries.map(({ guid }, index) =>
    isFirst[index] ? (outcome.get(guid) ?? 'known') : 'known',
  )
}

/** A delivery that has had its effect, and what came of it in words. */
export interface Settled {
  readonly guid: string
  readonly result: string
}

/** Drops the bodies of settled deliveries; `now` is in milliseconds since the epoch. */
export async function settle(
  database: Database,
  settled: readonly Settled[],
  now: number,
): Promise<readonly true[]> {
  await database.query(
    `update inbox set state = 'settled', body = null, result = done.result, settled_at = $3
     from unnest($1::text[], $2::text[]) as done (guid, result)
     where inbox.guid = done.guid and state = 'waiting'`,
    [settled.map(({ guid }) => guid), settled.map(({ result }) => result), now],
  )
  return settled.map(() => true)
}

/** Takes waiting deliveries for a minute, oldest first. */
export async function take(database: Database, limit: number): Promise<readonly InboxItem[]> {
  const taken = await rows(
    database,
    Taken,
    `update inbox set attempts = attempts + 1, not_before = now() + $2::int * interval '1 millisecond'
     where seq in (
       select seq from inbox where state = 'waiting' and not_before <= now()
       order by seq limit $1 for update skip locked)
     returning guid, event, action, body, received_at, attempts`,
    [limit, HOLD_MS],
  )
  return taken
    .map(({ received_at, attempts, body, ...rest }) => ({
      ...rest,
      body: unpack(body),
      receivedAt: received_at,
      attempt: attempts,
    }))
    .sort((a, b) => a.receivedAt - b.receivedAt)
}

/** How many wait, and the age of the oldest in milliseconds. */
export async function backlog(
  database: Database,
  now: number,
): Promise<{ waiting: number; dead: number; oldestMs: number }> {
  const found = await row(
    database,
    Backlog,
    `select count(*) filter (where state = 'waiting') as waiting,
       count(*) filter (where state = 'dead') as dead,
       min(received_at) filter (where state = 'waiting') as oldest
     from inbox where state <> 'settled'`,
  )
  const oldest = found?.oldest ?? null
  return {
    waiting: found?.waiting ?? 0,
    dead: found?.dead ?? 0,
    oldestMs: oldest === null ? 0 : Math.max(0, now - oldest),
  }
}

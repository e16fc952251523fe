import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'
import { createCrowd } from '#store/crowd'
import type { Database } from '#store/database'
import { row, rows } from '#store/database'
import { createGroupCommit } from '#store/group-commit'
import { pack, unpack } from '#store/packed-text'
import { storableReason } from '#store/storable-text'

/** One webhook delivery as the door received it; `body` is the raw text that was signed. */
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

/** Deliveries on stable storage, from the answer to GitHub until their jobs exist. */
export interface Inbox {
  /**
   * Resolves once the delivery is committed; concurrent calls share one commit. Throws Problem
   * `store.unavailable` or `store.full` when it was not stored: answer 503, GitHub keeps it.
   */
  append(delivery: Delivery): Promise<Appended>
  /**
   * Takes waiting deliveries, oldest first. An item that is neither settled nor put off comes back
   * after a minute, so a crash in between loses nothing: dispatching must be repeatable.
   */
  take(limit: number): Promise<readonly InboxItem[]>
  /**
   * The delivery has had its effect. Its body is dropped; `result` says in words what came of it.
   * Concurrent calls share one commit.
   */
  settled(guid: string, result: string): Promise<void>
  /** Dispatching failed: it comes back after this time. */
  retry(guid: string, afterMs: number, because: string): Promise<void>
  /** Dispatching failed for good. Kept with its body until it is replayed or sent again. */
  bury(guid: string, because: string): Promise<void>
  /** Deliveries that could not be dispatched, with the reason; the latest two hundred. */
  dead(): Promise<readonly { guid: string; event: string; because: string }[]>
  /** Dispatches the dead ones anew; how many there were. */
  replayDead(): Promise<number>
  /** Which of these GUIDs are stored. */
  knownGuids(guids: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Resolves when no crowd of deliveries waits to be stored in this process, at the latest after
   * this many milliseconds: GitHub waits ten seconds for its answer, and a job can wait longer.
   */
  quiet(limitMs: number): Promise<void>
  /** Calls the listener whenever a delivery arrives, here or in another process. */
  onArrival(listener: () => void): () => void
  /** How many wait, and the age of the oldest in milliseconds. */
  backlog(): Promise<{ waiting: number; dead: number; oldestMs: number }>
}

/** The channel of NOTIFY on which arrivals are told to other processes. */
export const ARRIVALS = 'tech_lead_inbox'

/** How long one dispatcher may hold a delivery before another takes it. */
const HOLD_MS = 60_000
/** Waiting deliveries in one process's memory; beyond it the disk is too slow to promise anything. */
const LONGEST_QUEUE = 5_000

const Inserted = z.object({ guid: z.string(), fresh: z.boolean() })
const Taken = z.object({
  guid: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  body: z.string(),
  received_at: z.coerce.number(),
  attempts: z.int(),
})
const Guid = z.object({ guid: z.string() })
const DeadRow = z.object({ guid: z.string(), event: z.string(), because: z.string() })
const Backlog = z.object({
  waiting: z.coerce.number(),
  dead: z.coerce.number(),
  oldest: z.coerce.number().nullable(),
})

/** What the inbox needs of its surroundings. */
interface Needs {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  /** Puts the dead jobs of a delivery back into their queues; how many there were. */
  replayDelivery(guid: string): Promise<number>
}

/** The inbox, and what the rest of the store does with it. */
interface InboxKeeping {
  readonly inbox: Inbox
  /** A notification came from another process. */
  arrived(): void
  /** Takes nothing as being dispatched; only for a store that this process alone can have open. */
  dropHolds(): Promise<void>
}

export function createInbox(needs: Needs): InboxKeeping {
  const { database } = needs
  const listeners = new Set<() => void>()
  const arrived = () => {
    for (const listener of listeners) listener()
  }
  const crowd = createCrowd()
  const group = createGroupCommit(async (deliveries: readonly Delivery[]) => {
    const stored = await insert(database, deliveries)
    crowd.came(deliveries.length)
    return stored
  })
  const ends = createGroupCommit((settled: readonly Settled[]) => settle(needs, settled))

  async function append(delivery: Delivery): Promise<Appended> {
    refuseUnstorable(delivery)
    if (group.waiting() >= LONGEST_QUEUE) throw full()
    const appended = await group.add({ ...delivery, body: pack(delivery.body) })
    if (appended !== 'known') {
      arrived()
      return appended
    }
    return (await needs.replayDelivery(delivery.guid)) > 0 ? 'requeued' : 'known'
  }

  const inbox: Inbox = {
    append,
    take: (limit) => take(database, limit),
    async settled(guid, result) {
      await ends.add({ guid, result: storableReason(result) })
    },
    async retry(guid, afterMs, because) {
      await database.query(
        `update inbox set result = $3, not_before = now() + $2::int * interval '1 millisecond'
         where guid = $1 and state = 'waiting'`,
        [guid, Math.round(afterMs), storableReason(because)],
      )
    },
    async bury(guid, because) {
      await database.query(
        "update inbox set state = 'dead', result = $2 where guid = $1 and state = 'waiting'",
        [guid, storableReason(because)],
      )
    },
    quiet: (limitMs) => crowd.gone(limitMs, group.waiting),
    onArrival(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...inspection(needs, arrived),
  }
  return {
    inbox,
    arrived,
    async dropHolds() {
      await database.query("update inbox set not_before = now() where state = 'waiting'")
    },
  }
}

/** The part of the inbox that looks at what lies there, and has the dead tried again. */
function inspection(
  { database, clock }: Needs,
  arrived: () => void,
): Pick<Inbox, 'dead' | 'replayDead' | 'knownGuids' | 'backlog'> {
  return {
    dead: () =>
      rows(
        database,
        DeadRow,
        `select guid, event, coalesce(result, '') as because from inbox where state = 'dead'
         order by seq desc limit 200`,
      ),
    async replayDead() {
      const replayed = await rows(
        database,
        Guid,
        "update inbox set state = 'waiting', attempts = 0, not_before = now() where state = 'dead' returning guid",
      )
      if (replayed.length > 0) arrived()
      return replayed.length
    },
    async knownGuids(guids) {
      const known = await rows(
        database,
        Guid,
        'select guid from inbox where guid = any($1::text[])',
        [guids],
      )
      return new Set(known.map(({ guid }) => guid))
    },
    backlog: () => backlog(database, clock.now()),
  }
}

/** Postgres cannot hold a NUL character in text; no JSON body of GitHub has one. */
function refuseUnstorable({ guid, event, action, body }: Delivery): void {
  if (![guid, event, action ?? '', body].some((text) => text.includes('\0'))) return
  throw new Problem(
    'store.bad-delivery',
    'told',
    'The delivery holds a NUL character, which no JSON document may.',
  )
}

function full(): Problem {
  return new Problem(
    'store.full',
    'retry',
    `More than ${LONGEST_QUEUE} deliveries wait to be written; the store is too slow or stuck.`,
  )
}

async function insert(
  database: Database,
  deliveries: readonly Delivery[],
): Promise<readonly Appended[]> {
  // One statement may not touch a row twice: of equal GUIDs the first one counts.
  const isFirst = deliveries.map(
    ({ guid }, index) => deliveries.findIndex((other) => other.guid === guid) === index,
  )
  const unique = deliveries.filter((_, index) => isFirst[index])
  const inserted = await rows(
    database,
    Inserted,
    `insert into inbox (guid, event, action, body, received_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
     on conflict (guid) do update
       set state = 'waiting', attempts = 0, not_before = now(), body = excluded.body, result = null
       where inbox.state = 'dead'
     returning guid, (xmax = 0) as fresh, pg_notify('${ARRIVALS}', '')::text as told`,
    [
      unique.map(({ guid }) => guid),
      unique.map(({ event }) => event),
      unique.map(({ action }) => action),
      unique.map(({ body }) => body),
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

interface Settled {
  readonly guid: string
  readonly result: string
}

async function settle(
  { database, clock }: Needs,
  settled: readonly Settled[],
): Promise<readonly true[]> {
  await database.query(
    `update inbox set state = 'settled', body = null, result = done.result, settled_at = $3
     from unnest($1::text[], $2::text[]) as done (guid, result)
     where inbox.guid = done.guid and state = 'waiting'`,
    [settled.map(({ guid }) => guid), settled.map(({ result }) => result), clock.now()],
  )
  return settled.map(() => true)
}

async function take(database: Database, limit: number): Promise<readonly InboxItem[]> {
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

async function backlog(
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

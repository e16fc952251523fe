import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Clock } from '#flow/ports'
import { createCrowd } from '#store/crowd'
import { type Database, rows } from '#store/database'
import { createGroupCommit } from '#store/group-commit'
import {
  type Appended,
  backlog,
  type Delivery,
  type InboxItem,
  insert,
  type Settled,
  settle,
  take,
} from '#store/inbox-rows'
import { storableReason } from '#store/storable-text'

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

/** Waiting deliveries in one process's memory; beyond it the disk is too slow to promise anything. */
const LONGEST_QUEUE = 5_000

const Guid = z.object({ guid: z.string() })
const DeadRow = z.object({ guid: z.string(), event: z.string(), because: z.string() })
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
  const ends = createGroupCommit((settled: readonly Settled[]) =>
    settle(database, settled, needs.clock.now()),
  )

  async function append(delivery: Delivery): Promise<Appended> {
    refuseUnstorable(delivery)
    refuseLines(delivery)
    if (group.waiting() >= LONGEST_QUEUE) throw full()
    const appended = await group.add(delivery)
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

/** Bodies of one commit travel as lines of one text. */
function refuseLines({ body }: Delivery): void {
  if (!body.includes('\n')) return
  throw new Problem('store.bad-delivery', 'told', 'The body of a delivery is not on one line.')
}

function full(): Problem {
  return new Problem(
    'store.full',
    'retry',
    `More than ${LONGEST_QUEUE} deliveries wait to be written; the store is too slow or stuck.`,
  )
}

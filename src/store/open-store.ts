import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { PgBoss } from 'pg-boss'
import { Problem } from '#core/problem'
import type { Audits } from '#flow/audit-port'
import type { FirstLooks } from '#flow/onboarding-port'
import type { Clock, Log, PendingLearnings } from '#flow/ports'
import { createAudits } from '#store/audits'
import { DEFAULT_RETRY, type RetryRule, startBoss } from '#store/boss'
import type { Budgets } from '#store/budget'
import { createBudgets } from '#store/budget'
import { type ConversationStore, createConversationStore } from '#store/conversation'
import type { Database } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { createFirstLooks } from '#store/first-looks'
import { createHalts, type Halts } from '#store/halts'
import { createInbox, type Inbox } from '#store/inbox'
import { ARRIVALS } from '#store/inbox-rows'
import type { JobDesk } from '#store/job-desk'
import { createJobDesk } from '#store/job-desk'
import type { Jobs } from '#store/jobs'
import { createJobs } from '#store/jobs'
import type { Leadership } from '#store/leadership'
import { createLeadership, dropLeaders } from '#store/leadership'
import type { Locks } from '#store/locks'
import { createLocks } from '#store/locks'
import { migrate } from '#store/migrate'
import type { Notes } from '#store/notes'
import { createNotes } from '#store/notes'
import { createPendingLearnings } from '#store/pending-learnings'
import { openPostgresDatabase } from '#store/postgres-database'
import { createReachKeeping, type ReachKeeping } from '#store/reach'
import { recoverActiveJobs } from '#store/recover-active-jobs'
import { createRests, type Rests } from '#store/rests'
import type { Purged, Retention } from '#store/retention'
import { purge } from '#store/retention'
import type { Runs } from '#store/runs'
import { createRuns } from '#store/runs'
import { createStandings, type Standings } from '#store/standings'
import { createTurns, type Turns } from '#store/turns'

export interface StoreOptions {
  /** Address of a Postgres server; null for the embedded store in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  /** How long a silent worker keeps its run, in milliseconds. */
  readonly leaseMs: number
  /** How many days the plan of an ended review is kept; 14 where nothing is said. */
  readonly planDays?: number
  readonly retry?: RetryRule
}

/** Everything durable, in one database. Two processes may share it on Postgres, never embedded. */
export interface Store extends ConversationStore, ReachKeeping {
  readonly kind: 'embedded' | 'postgres'
  readonly inbox: Inbox
  readonly jobs: Jobs
  readonly desk: JobDesk
  readonly runs: Runs
  readonly budgets: Budgets
  readonly notes: Notes
  readonly looks: FirstLooks
  readonly audits: Audits
  readonly leadership: Leadership
  readonly locks: Locks
  readonly halts: Halts
  readonly rests: Rests
  readonly turns: Turns
  readonly standings: Standings
  /** Of one pull request; `repository` is its numeric id. */
  pendingLearnings(pull: {
    installation: number
    repository: number
    pull: number
  }): PendingLearnings
  /** Throws Problem `store.unavailable` when the database does not answer: for readiness. */
  ping(): Promise<void>
  purge(): Promise<Purged>
  /**
   * Tells every worker to stop at its next safe point, waits for them up to `drainMs`, and closes.
   * A job whose worker stopped in time stays queued, and no attempt is counted.
   */
  close(drainMs?: number): Promise<void>
}

const RETENTION: Retention = { deliveryDays: 10, planDays: 14, runDays: 30, ledgerDays: 400 }
const DEFAULT_DRAIN_MS = 25_000

/**
 * Opens the store. Throws Problem with a line for a person: `store.unreachable`, `store.locked`,
 * `store.unwritable`, `store.unreadable` or `store.newer-schema`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, dataDir, log } = options
  const database =
    databaseUrl === null
      ? await openEmbeddedDatabase(dataDir, log)
      : await openPostgresDatabase(databaseUrl, log)
  try {
    await migrate(database)
    const boss = await startBoss(database, log, options.retry ?? DEFAULT_RETRY)
    return await assemble(options, database, boss).catch(async (error: unknown) => {
      await boss.stop({ graceful: false })
      throw error
    })
  } catch (error) {
    await database.close()
    throw error
  }
}

async function assemble(options: StoreOptions, database: Database, boss: PgBoss): Promise<Store> {
  const { clock, log, leaseMs } = options
  const holder = `${hostname()}/${process.pid}/${randomUUID()}`
  const drain = new AbortController()
  const money = createMoney({ database, clock })
  const claimed = money.budgets.settleLost
  const runs = createRuns({ database, clock, log, leaseMs, holder, claimed })
  const desk = createJobDesk({ database, boss, clock })
  const leadership = createLeadership(database, holder)
  const { inbox, arrived, dropHolds } = createInbox({
    database,
    clock,
    replayDelivery: desk.replayDelivery,
  })
  if (database.kind === 'embedded') {
    await dropHolds()
    await dropLeaders(database)
    await runs.dropLeases()
    await recoverActiveJobs({ database, boss, clock, log })
  }
  const listening = await hearArrivals(database, boss, arrived)

  async function stop(drainMs: number): Promise<void> {
    const stopping = new Problem('run.draining', 'retry', 'The process is stopping.')
    drain.abort(stopping)
    runs.abortAll(stopping)
    // One step that fails, as when the database is away, must not keep the next from being taken.
    for (const step of [
      () => boss.stop({ graceful: true, timeout: drainMs, close: false }),
      runs.releaseAll,
      leadership.resign,
      async () => listening?.close(),
      () => boss.stop({ graceful: false }),
      database.close,
    ]) {
      await step().catch((error: unknown) => {
        log.warn({ reason: String(error) }, 'store closed with a loss')
      })
    }
  }
  let stopped: Promise<void> | undefined

  return {
    kind: database.kind,
    inbox,
    jobs: createJobs({ boss, database, clock, log, leaseMs, drain: drain.signal, runs }),
    desk,
    runs,
    ...money,
    ...createSmallTables({ database, clock, signal: drain.signal }),
    leadership,
    locks: createLocks(database, holder),
    pendingLearnings: (pull) => createPendingLearnings({ database, clock }, pull),
    async ping() {
      await database.query('select 1')
    },
    purge: () => purge(database, retentionOf(options), clock.now()),
    close(drainMs = DEFAULT_DRAIN_MS) {
      stopped ??= stop(drainMs)
      return stopped
    },
  }
}

function retentionOf({ planDays = RETENTION.planDays }: StoreOptions): Retention {
  return { ...RETENTION, planDays }
}

/** Of its own deliveries a process knows without being told. */
async function hearArrivals({ kind }: Database, boss: PgBoss, arrived: () => void) {
  return kind === 'embedded' ? null : boss.getDb().listen?.(ARRIVALS, arrived, arrived)
}

/** Money, and the rests that are heard of while it is reserved. */
function createMoney({ database, clock }: Omit<Parameters<typeof createBudgets>[0], 'heard'>) {
  const { heard, ...rests } = createRests(database, clock)
  return { rests, budgets: createBudgets({ database, clock, heard }) }
}

/** What is kept beside runs and money. */
function createSmallTables(needs: Parameters<typeof createConversationStore>[0]) {
  const { database, clock } = needs
  const notes = createNotes(database)
  return {
    notes,
    halts: createHalts(database, clock),
    turns: createTurns(database, clock),
    standings: createStandings(database),
    looks: createFirstLooks({ database, notes, clock }),
    audits: createAudits(needs),
    ...createReachKeeping(database),
    ...createConversationStore(needs),
  }
}

import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import { DEFAULT_RETRY, QUEUE_SCHEMA, startBoss } from '#store/boss'
import { type Database, type Queries, row, rows } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { migrate } from '#store/migrate'
import { openPostgresDatabase } from '#store/postgres-database'
import { recoverActiveJobs } from '#store/recover-active-jobs'

/** How many rows of each table were carried over; `jobs` are those of the queues. */
export type Moved = ReadonlyMap<string, number>

interface Move {
  readonly dataDir: string
  readonly databaseUrl: string
  readonly log: Log
}

const JOBS = `${QUEUE_SCHEMA}.job`
/** Rows of one statement: a delivery that waits may have megabytes. */
const BATCH = 50
/** Of the store that is left, and of processes that do not run. */
const LEFT_BEHIND = ['tech_lead_schema', 'leaders']

const Table = z.object({ name: z.string() })
const Count = z.object({ count: z.coerce.number() })
const Batch = z.object({ batch: z.string().nullable() })
const Counter = z.object({ name: z.string(), column: z.string() })

/**
 * Carries everything durable from the embedded store of a data folder into an empty database of a
 * Postgres server: all of it in one transaction, or nothing. No server may run on either. The
 * folder is kept under another name, so that nobody goes on working in it.
 *
 * @throws Problem `store.nothing-to-move`, `store.used` where the database is not empty, and what
 *   opening either throws
 */
export async function moveStore({ dataDir, databaseUrl, log }: Move): Promise<Moved> {
  const folder = join(dataDir, 'pglite')
  if (!existsSync(folder)) throw nothingToMove(folder)
  const from = await openEmbeddedDatabase(dataDir, log)
  try {
    await prepare(from, log)
    const to = await openPostgresDatabase(databaseUrl, log)
    try {
      await prepare(to, log)
      const moved = await copyAll(from, to)
      // Open files keep their folder, whatever it is called.
      renameSync(folder, `${folder}.moved`)
      return moved
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

/** Both have this version's tables, and no job is in the hands of a process that is gone. */
async function prepare(database: Database, log: Log): Promise<void> {
  await migrate(database)
  const boss = await startBoss(database, log, DEFAULT_RETRY)
  if (database.kind === 'embedded')
    await recoverActiveJobs({ database, boss, clock: { now: Date.now }, log })
  await boss.stop({ graceful: false })
}

async function copyAll(from: Database, to: Database): Promise<Moved> {
  const tables = await tablesOf(to)
  return to.transaction(async (queries) => {
    const moved = new Map<string, number>()
    for (const table of [...tables, JOBS]) {
      if ((await countOf(queries, table)) > 0) throw used(table)
    }
    for (const table of [...tables, JOBS]) {
      moved.set(table === JOBS ? 'jobs' : table, await copyTable(from, queries, table))
    }
    await setCounters(queries)
    return moved
  })
}

/** Our own tables; the one that others refer to comes first. */
async function tablesOf(database: Database): Promise<readonly string[]> {
  const found = await rows(
    database,
    Table,
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE'
     order by table_name <> 'runs', table_name`,
  )
  return found.map(({ name }) => name).filter((name) => !LEFT_BEHIND.includes(name))
}

async function countOf(queries: Queries, table: string): Promise<number> {
  const found = await row(queries, Count, `select count(*) as count from ${table}`)
  return found?.count ?? 0
}

/** Rows travel as JSON that Postgres writes and reads itself, so that no value is rounded here. */
async function copyTable(from: Queries, to: Queries, table: string): Promise<number> {
  const count = await countOf(from, table)
  for (let offset = 0; offset < count; offset += BATCH) {
    const found = await row(
      from,
      Batch,
      `select jsonb_agg(to_jsonb(one))::text as batch
       from (select * from ${table} order by ctid limit $1 offset $2) as one`,
      [BATCH, offset],
    )
    await to.query(
      `insert into ${table} overriding system value
       select * from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
      [found?.batch ?? '[]'],
    )
  }
  return count
}

/** New rows get numbers above those that came along. */
async function setCounters(queries: Queries): Promise<void> {
  const counters = await rows(
    queries,
    Counter,
    `select quote_ident(table_name) as name, quote_ident(column_name) as column
     from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'`,
  )
  for (const { name, column } of counters) {
    await queries.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${column}), 0) + 1, false) from ${name}`,
      [name, column],
    )
  }
}

function nothingToMove(folder: string): Problem {
  return new Problem(
    'store.nothing-to-move',
    'told',
    `There is no embedded store in ${folder}. Set DATA_DIR to the folder of the server that ran without DATABASE_URL.`,
  )
}

function used(table: string): Problem {
  return new Problem(
    'store.used',
    'told',
    `The database of DATABASE_URL is in use already (${table} has rows). Give an empty one; the embedded store is as it was.`,
  )
}

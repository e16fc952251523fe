import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { Asked, Call, Reply, ThreadData } from '#store/pglite-messages'
import { createPreparedStatements, type PreparedStatements } from '#store/prepared-statements'
import { createSessionQueue } from '#store/session-queue'

// The only place that touches PGlite: a statement holds its thread until it is done, and the
// thread that answers GitHub must never wait for one.

/** Enough for a queue of reviews; PGlite's own defaults take about 200 MB more memory. */
const SMALL_MEMORY = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

/**
 * A store with no row that a build leaves beside the code (tools/build.ts). Postgres takes 8 s to
 * make one on two cores, a copy 0.3 s. Sources have none.
 */
const BLANK = fileURLToPath(new URL('../blank-database', import.meta.url))

/**
 * A new database is made under another name first: a process that is killed in the middle of it
 * leaves nothing that the next start would take for a database.
 */
async function start(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    const draft = `${folder}.new`
    rmSync(draft, { recursive: true, force: true })
    if (existsSync(BLANK)) cpSync(BLANK, draft, { recursive: true })
    else await (await open(draft)).close()
    // The copy of an image is readable by everybody, so that any user can make one.
    chmodSync(draft, 0o700)
    renameSync(draft, folder)
  }
  // PGlite would fill any folder that it does not know with a database.
  if (!existsSync(join(folder, 'PG_VERSION'))) throw new Error('this is not a database')
  return open(folder)
}

function open(folder: string): Promise<PGlite> {
  return PGlite.create({
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, ...SMALL_MEMORY],
  })
}

const session = createSessionQueue()
/** Gives the session back that an open transaction holds. */
let release: (() => void) | null = null

async function alone<T>(work: () => Promise<T>, urgent = false): Promise<T> {
  const giveBack = await session.take(urgent)
  try {
    return await work()
  } finally {
    giveBack()
  }
}

async function begin(pglite: PGlite): Promise<void> {
  const giveBack = await session.take(false)
  try {
    await pglite.query('begin')
    release = giveBack
  } catch (error) {
    giveBack()
    throw error
  }
}

async function end(pglite: PGlite, how: 'commit' | 'rollback'): Promise<void> {
  const giveBack = release
  release = null
  try {
    await pglite.query(how)
  } finally {
    giveBack?.()
  }
}

/** A block that begins a transaction and fails in it must not leave it to the next statement. */
async function exec(pglite: PGlite, text: string): Promise<unknown[]> {
  try {
    return (await pglite.exec(text)).flatMap(({ rows }) => rows)
  } catch (error) {
    await pglite.query('rollback')
    throw error
  }
}

interface Open {
  readonly pglite: PGlite
  readonly statements: PreparedStatements
}

async function carryOut({ pglite, statements }: Open, call: Call): Promise<readonly unknown[]> {
  switch (call.kind) {
    case 'query': {
      const run = () => statements.run(call.text, call.params)
      return call.turn === 'held' ? run() : alone(run, call.turn === 'first')
    }
    case 'exec':
      return alone(() => exec(pglite, call.text))
    case 'begin':
      await begin(pglite)
      return []
    case 'commit':
    case 'rollback':
      await end(pglite, call.kind)
      return []
    case 'close':
      await alone(() => pglite.close())
      return []
  }
}

/** An error loses all but its message on the way to another thread. */
function fieldsOf(error: Error): Record<string, string> {
  return Object.fromEntries(
    Object.entries(error).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  )
}

function say(reply: Reply): void {
  parentPort?.postMessage(reply)
}

async function answer(open: Open, { id, call }: Asked): Promise<void> {
  try {
    say({ kind: 'done', id, rows: [...(await carryOut(open, call))] })
  } catch (error) {
    // No answer of Postgres: it has ended, and nothing that it says from now on would be right.
    if (!(error instanceof Error) || error.name === 'RuntimeError') throw error
    say({ kind: 'failed', id, message: error.message, fields: fieldsOf(error) })
  }
  if (call.kind === 'close') parentPort?.close()
}

const { folder }: ThreadData = workerData
const pglite = await start(folder)
const statements = createPreparedStatements(pglite)
parentPort?.on('message', (asked: Asked) => void answer({ pglite, statements }, asked))
say({ kind: 'open' })

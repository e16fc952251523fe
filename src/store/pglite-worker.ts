import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { Asked, Call, Reply, ThreadData } from '#store/pglite-messages'

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

/** Ends when whoever has the session gives it back: there is only one, and it serves in turn. */
let turn: Promise<void> = Promise.resolve()
/** Gives the session back that an open transaction holds. */
let release: (() => void) | null = null

async function takeSession(): Promise<() => void> {
  const before = turn
  const mine = Promise.withResolvers<void>()
  turn = mine.promise
  await before
  return mine.resolve
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  const giveBack = await takeSession()
  try {
    return await work()
  } finally {
    giveBack()
  }
}

async function begin(pglite: PGlite): Promise<void> {
  const giveBack = await takeSession()
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

async function carryOut(pglite: PGlite, call: Call): Promise<unknown[]> {
  switch (call.kind) {
    case 'query': {
      const run = async () => (await pglite.query(call.text, [...call.params])).rows
      return call.inside ? run() : alone(run)
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
    case 'listen':
      await alone(() =>
        pglite.listen(call.channel, (payload) =>
          say({ kind: 'notified', channel: call.channel, payload }),
        ),
      )
      return []
    case 'unlisten':
      await alone(() => pglite.unlisten(call.channel))
      return []
    case 'close':
      await pglite.close()
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

async function answer(pglite: PGlite, { id, call }: Asked): Promise<void> {
  try {
    say({ kind: 'done', id, rows: await carryOut(pglite, call) })
  } catch (error) {
    // No answer of Postgres: it has ended, and nothing that it says from now on would be right.
    if (!(error instanceof Error) || error.name === 'RuntimeError') throw error
    say({ kind: 'failed', id, message: error.message, fields: fieldsOf(error) })
  }
  if (call.kind === 'close') parentPort?.close()
}

const { folder }: ThreadData = workerData
const pglite = await start(folder)
parentPort?.on('message', (asked: Asked) => void answer(pglite, asked))
say({ kind: 'open' })

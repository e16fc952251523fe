import { join } from 'node:path'
import type { Db } from 'pg-boss'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import { lockDataDir } from '#store/data-dir-lock'
import type { Database, Queries } from '#store/database'
import { storeFailure } from '#store/database'
import type { Call } from '#store/pglite-messages'
import { type PGliteThread, startPGliteThread } from '#store/pglite-thread'

/**
 * Opens Postgres in a thread of this process on `dataDir/pglite`. Survives kill -9 of the process;
 * PGlite does not call fsync, so a power cut may lose the last moments.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  log: Pick<Log, 'warn'>,
): Promise<Database> {
  const lock = lockDataDir(dataDir)
  const folder = join(dataDir, 'pglite')
  const session = await keepOpen(folder, log).catch((cause: unknown) => {
    lock.release()
    throw new Problem(
      'store.unreadable',
      'told',
      `The embedded store in ${folder} cannot be opened. Restore it from a backup, or move the folder away to start empty.`,
      { cause },
    )
  })
  const call = async (wanted: Call) => (await session.thread()).call(wanted)
  const query = (text: string, params: readonly unknown[] = []) =>
    call({ kind: 'query', text, params, turn: 'last' })
  return {
    kind: 'embedded',
    query: (text, params) => query(text, params).catch(rethrow),
    urgent: {
      query: (text, params = []) =>
        call({ kind: 'query', text, params, turn: 'first' }).catch(rethrow),
    },
    transaction: (work) =>
      session
        .thread()
        .then((thread) => inTransaction(thread, work))
        .catch(rethrow),
    queueAccess: { kind: 'adapter', db: queueDatabase({ query, call }) },
    async close() {
      await session.close()
      lock.release()
    },
  }
}

/** What the job queue asks of a database. Its own adapter for PGlite wants one in this thread. */
function queueDatabase({
  query,
  call,
}: Queries & { readonly call: (wanted: Call) => Promise<readonly unknown[]> }): Db {
  return {
    async executeSql(text, values = []) {
      // Several statements have no parameters, and only `exec` takes them.
      const several = values.length === 0 && text.includes(';')
      const found = several ? call({ kind: 'exec', text }) : query(text, values)
      return { rows: [...(await found)] }
    },
  }
}

function rethrow(error: unknown): never {
  throw storeFailure(error)
}

/** The thread is passed along: one that took its place would know nothing of the transaction. */
async function inTransaction<T>(
  thread: PGliteThread,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  await thread.call({ kind: 'begin' })
  let result: T
  try {
    result = await work({
      query: (text, params = []) => thread.call({ kind: 'query', text, params, turn: 'held' }),
    })
  } catch (error) {
    if (!thread.gone()) await thread.call({ kind: 'rollback' })
    throw error
  }
  // One that fails has ended the transaction as well: a rollback after it would end another one.
  await thread.call({ kind: 'commit' })
  return result
}

interface Session {
  /** The thread that is open; a new one where the last has ended. */
  thread(): Promise<PGliteThread>
  close(): Promise<void>
}

/**
 * Opens the database, and again after its thread has ended: like a server that was restarted. What
 * was under way has failed then, and what was committed is there.
 */
async function keepOpen(folder: string, log: Pick<Log, 'warn'>): Promise<Session> {
  let opening = Promise.resolve(await startPGliteThread(folder))
  const restart = (ended: PGliteThread) => {
    log.warn({}, 'embedded store ended and is opened again')
    return startPGliteThread(folder).catch((error: unknown) => {
      // Whoever comes next tries once more.
      opening = Promise.resolve(ended)
      throw error
    })
  }
  let closed = false
  return {
    async thread() {
      // The lock is given back by then, and another process may have the folder.
      if (closed) throw closedError()
      const known = opening
      const open = await known
      if (open.gone() && opening === known) opening = restart(open)
      return opening
    },
    async close() {
      closed = true
      await (await opening).close()
    },
  }
}

/** `57P01`: as a server says that it is shutting down. */
function closedError(): Error {
  return Object.assign(new Error('the embedded store is closed'), { code: '57P01' })
}

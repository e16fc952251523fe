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
    call({ kind: 'query', text, params, inside: false })
  return {
    kind: 'embedded',
    query: (text, params) => query(text, params).catch(rethrow),
    transaction: (work) =>
      session
        .thread()
        .then((thread) => inTransaction(thread, work))
        .catch(rethrow),
    queueAccess: { kind: 'adapter', db: queueDatabase(session, { query, call }) },
    async close() {
      await session.close()
      lock.release()
    },
  }
}

/** What the job queue asks of a database. Its own adapter for PGlite wants one in this thread. */
function queueDatabase(
  { listen }: Session,
  { query, call }: Queries & { readonly call: (wanted: Call) => Promise<readonly unknown[]> },
): Db {
  return {
    async executeSql(text, values = []) {
      // Without parameters it may be several statements, which only `exec` takes.
      const found = values.length > 0 ? query(text, values) : call({ kind: 'exec', text })
      return { rows: [...(await found)] }
    },
    async listen(channel, heard, again) {
      const close = await listen(channel, { heard, again })
      again()
      return { close }
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
  try {
    const result = await work({
      query: (text, params = []) => thread.call({ kind: 'query', text, params, inside: true }),
    })
    await thread.call({ kind: 'commit' })
    return result
  } catch (error) {
    if (!thread.gone()) await thread.call({ kind: 'rollback' })
    throw error
  }
}

/** `again` is called when notifications may have been missed. */
interface Listener {
  heard(payload: string): void
  again(): void
}

interface Session {
  /** The thread that is open; a new one where the last has ended. */
  thread(): Promise<PGliteThread>
  /** Gives what ends the listening. */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>
  close(): Promise<void>
}

/**
 * Opens the database, and again after its thread has ended: like a server that was restarted. What
 * was under way has failed then, and what was committed is there.
 */
async function keepOpen(folder: string, log: Pick<Log, 'warn'>): Promise<Session> {
  const listeners = new Map<string, Set<Listener>>()
  const start = async () => {
    const thread = await startPGliteThread(folder, (channel, payload) => {
      for (const { heard } of listeners.get(channel) ?? []) heard(payload)
    })
    for (const [channel, known] of listeners) {
      await thread.call({ kind: 'listen', channel })
      for (const { again } of known) again()
    }
    return thread
  }
  let opening = Promise.resolve(await start())
  const restart = (ended: PGliteThread) => {
    log.warn({}, 'embedded store ended and is opened again')
    return start().catch((error: unknown) => {
      // Whoever comes next tries once more.
      opening = Promise.resolve(ended)
      throw error
    })
  }
  const thread = async () => {
    const known = opening
    const open = await known
    if (open.gone() && opening === known) opening = restart(open)
    return opening
  }
  return {
    thread,
    async listen(channel, listener) {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(listener))
      if (known.size === 1) await (await thread()).call({ kind: 'listen', channel })
      return async () => {
        known.delete(listener)
        if (known.size > 0) return
        listeners.delete(channel)
        await (await thread()).call({ kind: 'unlisten', channel })
      }
    },
    close: async () => (await opening).close(),
  }
}

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Asked, type Call, Reply, type ThreadData } from '#store/pglite-messages'

/** PGlite in a thread of its own. */
export interface PGliteThread {
  /** The rows. Rejects with Postgres' own error, code and all, or with what ended the thread. */
  call(call: Call): Promise<readonly unknown[]>
  /** Whether it has ended, and answers nothing any more. */
  gone(): boolean
  /** Resolves once the database is closed and the thread has ended. */
  close(): Promise<void>
}

/**
 * Starts a thread and opens the database in `folder` there; makes one where there is none.
 *
 * @throws what kept the database from being opened
 */
export async function startPGliteThread(folder: string): Promise<PGliteThread> {
  // Run from source the files are .ts, in the published package they are .js.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const workerData: ThreadData = { folder }
  const worker = new Worker(new URL(`./pglite-worker.${extension}`, import.meta.url), {
    workerData,
  })
  const opening = Promise.withResolvers<void>()
  const waiting = new Map<number, PromiseWithResolvers<readonly unknown[]>>()
  let last = 0
  let ended: Error | null = null

  const end = (why: Error) => {
    ended ??= why
    opening.reject(ended)
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  const settle = (id: number, how: (call: PromiseWithResolvers<readonly unknown[]>) => void) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (call !== undefined) how(call)
  }
  worker.on('message', (message: unknown) => {
    const reply = Reply.parse(message)
    if (reply.kind === 'open') opening.resolve()
    else if (reply.kind === 'done') settle(reply.id, ({ resolve }) => resolve(reply.rows))
    else settle(reply.id, ({ reject }) => reject(failure(reply)))
  })
  worker.on('error', (cause) => end(endOfThread(cause)))
  worker.on('exit', () => end(endOfThread(undefined)))

  const call = (wanted: Call) => {
    if (ended !== null) return Promise.reject(ended)
    const reply = Promise.withResolvers<readonly unknown[]>()
    last += 1
    waiting.set(last, reply)
    const asked: Asked = { id: last, call: wanted }
    worker.postMessage(asked)
    return reply.promise
  }
  await opening.promise
  return {
    call,
    gone: () => ended !== null,
    async close() {
      if (ended !== null) return
      const exited = once(worker, 'exit')
      await call({ kind: 'close' })
      await exited
    },
  }
}

/** What Postgres sent, as PGlite itself would throw it here. */
function failure({ message, fields }: { message: string; fields: Record<string, string> }): Error {
  return Object.assign(new Error(message), fields)
}

/** `57P02`: as a server says that it has crashed. */
function endOfThread(cause: unknown): Error {
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  const error = new Error(`the thread of the embedded store ended${reason}`, { cause })
  return Object.assign(error, { code: '57P02' })
}

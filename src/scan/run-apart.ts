import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import * as z from 'zod'
import type { CappedTask } from '#scan/capped-worker'
import { type Caps, Ending, type Program } from '#scan/run-capped'
import { startWorker } from '#scan/worker'

/** Lines of output pass through; one of them may be as long as a file. */
const MEMORY_MB = 512

const id = z.int()
const News = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lines'), id, lines: z.string() }),
  z.object({ kind: z.literal('ended'), id, ending: Ending }),
  z.object({ kind: z.literal('failed'), id, reason: z.string() }),
])

interface Running {
  readonly onLine: (line: string) => void
  readonly ended: PromiseWithResolvers<Ending>
  /** Settles when everything that was printed so far has been read. */
  reading: Promise<void>
  unreadable: Error | null
}

/** The thread that starts the programs, and what runs in it. */
interface Starter {
  readonly worker: Worker
  readonly running: Map<number, Running>
}

let starter: Starter | null = null
let last = 0

/**
 * Like `runCapped`, from a thread: starting a program stops whoever starts it until the program
 * has its memory, for tens of milliseconds in a large process, and a server has others to answer.
 *
 * @param onLine is called for each line of output; what it throws, this rejects with at the end
 */
export function runApart(
  program: Program,
  caps: Caps,
  onLine: (line: string) => void,
): Promise<Ending> {
  starter ??= start()
  const { worker, running } = starter
  const ended = Promise.withResolvers<Ending>()
  last += 1
  running.set(last, { onLine, ended, reading: Promise.resolve(), unreadable: null })
  worker.ref()
  const task: CappedTask = { id: last, program, caps }
  worker.postMessage(task)
  return ended.promise
}

function start(): Starter {
  const worker = startWorker('capped-worker', null, MEMORY_MB)
  const running = new Map<number, Running>()
  const end = (reason: unknown) => {
    if (starter?.worker === worker) starter = null
    for (const { ended } of running.values())
      ended.reject(new Error(`the thread that starts ast-grep ended: ${String(reason)}`))
    running.clear()
  }
  worker.on('message', (message: unknown) => {
    hear(running, News.parse(message))
    // Nothing that it does any more is worth keeping the process for.
    if (running.size === 0) worker.unref()
  })
  worker.on('error', end)
  worker.on('exit', end)
  return { worker, running }
}

function hear(running: Map<number, Running>, news: z.infer<typeof News>): void {
  const one = running.get(news.id)
  if (one === undefined) return
  if (news.kind === 'lines') {
    one.reading = one.reading.then(() => read(one, news.lines))
    return
  }
  running.delete(news.id)
  void one.reading.then(() => end(one, news))
}

function end(
  { ended, unreadable }: Running,
  news: Exclude<z.infer<typeof News>, { readonly kind: 'lines' }>,
): void {
  if (news.kind === 'failed') ended.reject(new Error(news.reason))
  else if (unreadable !== null && news.ending.kind === 'done') ended.reject(unreadable)
  else ended.resolve(news.ending)
}

/** As long as nobody minds who waits for an answer, in milliseconds. */
const TURN_MS = 5

/** What is printed comes faster than it is read: others have their turn meanwhile. */
async function read(one: Running, lines: string): Promise<void> {
  let since = performance.now()
  for (const line of lines.split('\n')) {
    if (one.unreadable !== null) return
    try {
      one.onLine(line)
    } catch (error) {
      one.unreadable = error instanceof Error ? error : new Error(String(error))
    }
    if (performance.now() - since < TURN_MS) continue
    await nextTurn()
    since = performance.now()
  }
  await nextTurn()
}

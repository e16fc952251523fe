import type { Worker } from 'node:worker_threads'
import * as z from 'zod'
import type { SecretHit } from '#core/facts/secret-hit'
import type { SourceText } from '#core/text/source-text'
import type { SecretScan } from '#flow/ports'
import { startWorker } from '#scan/worker'

/** Milliseconds for one file before its thread is killed; starting the thread counts once. */
const FILE_MS = 2_000
const START_MS = 8_000
const MEMORY_MB = 512

/** What goes to the thread at once: copying more would keep others waiting. */
const BATCH_FILES = 50
const BATCH_CHARACTERS = 256_000

const Answer = z.array(
  z.object({
    line: z.int().positive(),
    startColumn: z.int().positive(),
    endColumn: z.int().positive(),
    label: z.string(),
  }),
)
type Answer = z.infer<typeof Answer>

/**
 * Looks for secrets in a thread, which then waits for the next search. A file that stalls it costs
 * two seconds and is named; the thread is killed and another one goes on with the next file. Of a
 * file with a thousand secrets the others are not told.
 */
export async function scanSecrets(sources: readonly SourceText[]): Promise<SecretScan> {
  const hits: SecretHit[] = []
  const failed: { path: string; because: string }[] = []
  for (const batch of batchesOf(sources)) {
    let next = 0
    while (next < batch.length) {
      const because = await runThread(batch.slice(next), (places) => {
        const path = batch[next]?.path ?? ''
        for (const place of places) hits.push({ path, ...place })
        next += 1
      })
      if (because === null) break
      failed.push({ path: batch[next]?.path ?? '', because })
      next += 1
    }
  }
  return { hits, failed }
}

function batchesOf(sources: readonly SourceText[]): SourceText[][] {
  const batches: SourceText[][] = []
  let characters = 0
  for (const source of sources) {
    const last = batches.at(-1)
    characters += source.text.length
    if (last === undefined || last.length === BATCH_FILES || characters > BATCH_CHARACTERS) {
      batches.push([source])
      characters = source.text.length
    } else last.push(source)
  }
  return batches
}

/** A thread with nothing to do: starting one takes longer than reading some files. */
let idle: Worker | null = null

/** Gives the answers in the order of the sources; then null, or why there is none for the next. */
function runThread(
  sources: readonly SourceText[],
  onAnswer: (answer: Answer) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const fresh = idle === null
    const worker = idle ?? start()
    idle = null
    worker.ref()
    let left = sources.length
    const end = (because: string | null) => {
      clearTimeout(timer)
      for (const [event, listener] of listeners) worker.off(event, listener)
      if (because === null) rest(worker)
      else void worker.terminate()
      resolve(because)
    }
    // Timers come before messages: where this thread was held up, the answer lies there already.
    const late = () => {
      const waited = left
      setImmediate(() => {
        if (left === waited) end('the search for secrets took too long')
      })
    }
    const crashed = () => end('the search for secrets crashed on it')
    const take = (message: unknown) => {
      clearTimeout(timer)
      const answer = Answer.safeParse(message)
      if (!answer.success) return crashed()
      onAnswer(answer.data)
      left -= 1
      if (left === 0) end(null)
      else timer = setTimeout(late, FILE_MS)
    }
    let timer = setTimeout(late, fresh ? START_MS : FILE_MS)
    const listeners = [
      ['message', take],
      ['error', crashed],
      ['exit', crashed],
    ] as const
    for (const [event, listener] of listeners) worker.on(event, listener)
    worker.postMessage(sources)
  })
}

function start(): Worker {
  const worker = startWorker('secrets-worker', null, MEMORY_MB)
  const forget = () => {
    if (idle === worker) idle = null
  }
  worker.on('error', forget)
  worker.on('exit', forget)
  return worker
}

/** Keeps one thread for the next search. It does not keep the process alive, and may die. */
function rest(worker: Worker): void {
  if (idle !== null) {
    void worker.terminate()
    return
  }
  worker.unref()
  idle = worker
}

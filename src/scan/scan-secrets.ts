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

const Answer = z.object({
  index: z.int().nonnegative(),
  places: z.array(z.object({ start: z.int(), end: z.int(), label: z.string() })),
})
type Answer = z.infer<typeof Answer>

/**
 * Looks for secrets in a thread, which then waits for the next search. A file that stalls it costs
 * two seconds and is named; the thread is killed and another one goes on with the next file.
 */
export async function scanSecrets(sources: readonly SourceText[]): Promise<SecretScan> {
  const hits: SecretHit[] = []
  const failed: { path: string; because: string }[] = []
  let next = 0
  while (next < sources.length) {
    const rest = sources.slice(next)
    const first = next
    const because = await runThread(rest, ({ index, places }) => {
      const source = sources[first + index]
      if (source === undefined) return
      next = first + index + 1
      for (const place of places) hits.push(hitOf(source, place))
    })
    if (because === null) break
    const stuck = sources[next]
    if (stuck !== undefined) failed.push({ path: stuck.path, because })
    next += 1
  }
  return { hits, failed }
}

/** A thread with nothing to do: starting one takes longer than reading some files. */
let idle: Worker | null = null

function runThread(
  sources: readonly SourceText[],
  onAnswer: (answer: Answer) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
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
    const late = () => end('the search for secrets took too long')
    const crashed = () => end('the search for secrets crashed on it')
    const take = (message: unknown) => {
      clearTimeout(timer)
      onAnswer(Answer.parse(message))
      left -= 1
      if (left === 0) end(null)
      else timer = setTimeout(late, FILE_MS)
    }
    let timer = setTimeout(late, START_MS)
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

function hitOf(source: SourceText, place: Answer['places'][number]): SecretHit {
  const lineStart = source.text.lastIndexOf('\n', place.start - 1) + 1
  const lineEnd = source.text.indexOf('\n', place.start)
  const line = source.text.slice(0, lineStart).split('\n').length
  // A key over many lines is shown, and masked, on its first line only.
  const end = lineEnd === -1 ? place.end : Math.min(place.end, lineEnd)
  return {
    path: source.path,
    line,
    startColumn: place.start - lineStart + 1,
    endColumn: end - lineStart + 1,
    label: place.label,
  }
}

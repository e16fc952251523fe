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

const Place = z.object({ start: z.int(), end: z.int(), label: z.string() })
type Place = z.infer<typeof Place>
const Answer = z.array(Place)

type Searched =
  | { readonly places: readonly Place[] }
  /** Why the file has none. */
  | { readonly because: string }

/**
 * Looks for secrets in the one thread that all searches share, file by file in turns. A file that
 * stalls it costs two seconds and is named; the thread is killed and another one goes on.
 */
export async function scanSecrets(sources: readonly SourceText[]): Promise<SecretScan> {
  const hits: SecretHit[] = []
  const failed: { path: string; because: string }[] = []
  for (const source of sources) {
    const searched = await inTurn(() => searchIn(source))
    if ('because' in searched) failed.push({ path: source.path, because: searched.because })
    else for (const place of searched.places) hits.push(hitOf(source, place))
  }
  return { hits, failed }
}

/** When nobody searches any more. */
let free: Promise<unknown> = Promise.resolve()

/** A search of many files, or of one that stalls, keeps another one waiting for a file at most. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = free.then(work)
  free = mine.catch(() => undefined)
  return mine
}

/** The thread between two files: starting one takes longer than reading many. */
let idle: Worker | null = null

function searchIn(source: SourceText): Promise<Searched> {
  const limitMs = idle === null ? START_MS + FILE_MS : FILE_MS
  const worker = idle ?? start()
  idle = null
  worker.ref()
  return new Promise((resolve) => {
    const end = (searched: Searched) => {
      clearTimeout(timer)
      for (const [event, listener] of listeners) worker.off(event, listener)
      if ('because' in searched) void worker.terminate()
      else rest(worker)
      resolve(searched)
    }
    const late = () => end({ because: 'the search for secrets took too long' })
    const crashed = () => end({ because: 'the search for secrets crashed on it' })
    const listeners = [
      ['message', (message: unknown) => end({ places: Answer.parse(message) })],
      ['error', crashed],
      ['exit', crashed],
    ] as const
    const timer = setTimeout(late, limitMs)
    for (const [event, listener] of listeners) worker.on(event, listener)
    worker.postMessage(source)
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

/** Kept for the next file. It does not keep the process alive, and may die. */
function rest(worker: Worker): void {
  worker.unref()
  idle = worker
}

function hitOf(source: SourceText, place: Place): SecretHit {
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

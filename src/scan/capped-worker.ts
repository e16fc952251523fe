import { parentPort } from 'node:worker_threads'
import { type Caps, type Ending, type Program, runCapped } from '#scan/run-capped'

/** One program to run, and the number that everything said about it carries. */
export interface CappedTask {
  readonly id: number
  readonly program: Program
  readonly caps: Caps
}

/** What is said of a task: some whole lines of its output, its ending, or why it could not be started. */
export type CappedNews =
  | { readonly kind: 'lines'; readonly id: number; readonly lines: string }
  | { readonly kind: 'ended'; readonly id: number; readonly ending: Ending }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }

const say = (news: CappedNews) => parentPort?.postMessage(news)

parentPort?.on('message', ({ id, program, caps }: CappedTask) => {
  runCapped(program, caps, (lines) => say({ kind: 'lines', id, lines })).then(
    (ending) => say({ kind: 'ended', id, ending }),
    (error: unknown) => say({ kind: 'failed', id, reason: String(error) }),
  )
})

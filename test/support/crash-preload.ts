import { readFileSync, unlinkSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import pg from 'pg'
import * as z from 'zod'

// Loaded into the real server by `node --import`: ends or stops the process at a named point of its
// work, recognised by the statement that the store is about to run or has just run. The order lies
// in the file that CRASH_ORDERS names, as `kill C4b` or `pause C10a`; carrying it out removes the
// file, so that it happens once and the next process runs through.

/** A point between two steps of a review. */
interface Point {
  readonly when: 'before' | 'after'
  readonly statement: RegExp
  /** Which effect the statement is about. */
  readonly step?: string
}

const INTENT = /^insert into effects/
const RECORD = /^update effects set status = 'done'/

const POINTS: Readonly<Record<string, Point>> = {
  C0: { when: 'before', statement: /^insert into inbox/ },
  C0b: { when: 'after', statement: /^insert into inbox/ },
  C1: { when: 'after', statement: /^update runs set epoch = epoch \+ 1/ },
  // The reaction is the last thing before the plan is looked for.
  C3: { when: 'before', statement: /^select plan, plan_hash from runs/ },
  C4a: { when: 'after', statement: INTENT, step: 'open-check' },
  C4b: { when: 'before', statement: RECORD, step: 'open-check' },
  C8a: { when: 'before', statement: /^update runs set plan/ },
  C8b: { when: 'after', statement: /^update runs set plan/ },
  C10a: { when: 'after', statement: INTENT, step: 'post-review' },
  C10b: { when: 'before', statement: RECORD, step: 'post-review' },
  'C10a-summary': { when: 'after', statement: INTENT, step: 'post-summary' },
  'C10b-summary': { when: 'before', statement: RECORD, step: 'post-summary' },
  C11: { when: 'after', statement: RECORD, step: 'resolve-thread' },
  C12a: { when: 'after', statement: INTENT, step: 'commit-memory' },
  C12b: { when: 'before', statement: RECORD, step: 'commit-memory' },
  C13a: { when: 'after', statement: INTENT, step: 'conclude-check' },
  C13b: { when: 'before', statement: RECORD, step: 'conclude-check' },
  C14: { when: 'before', statement: /^update runs set lease_until = null,/ },
  'C14-job': { when: 'after', statement: /^update runs set lease_until = null,/ },
  'audit-intended': { when: 'after', statement: /^insert into audits \(\S+ status, attempts/ },
  'audit-posted': { when: 'before', statement: /^insert into audits \(\S+ status, object_id/ },
  'answer-intended': { when: 'after', statement: /^insert into answers \(\S+ status, attempts/ },
  'answer-posted': { when: 'before', statement: /^insert into answers \(\S+ status, object_id/ },
  'before-intent': { when: 'before', statement: INTENT, step: 'post-review' },
}

/** Long enough for a signal to reach every thread. */
const SIGNAL_MS = 1_000

function ordered(): { act: string; name: string } | null {
  try {
    const [act = '', name = ''] = readFileSync(process.env['CRASH_ORDERS'] ?? '', 'utf8').split(' ')
    return { act, name: name.trim() }
  } catch {
    return null
  }
}

/** Carries out the order if this statement is its point. */
function reach(when: Point['when'], text: string, values: unknown): void {
  const candidates = Object.entries(POINTS).filter(
    ([, point]) => point.when === when && point.statement.test(text),
  )
  if (candidates.length === 0) return
  const order = ordered()
  const point = candidates.find(([name]) => name === order?.name)?.[1]
  if (order === null || point === undefined) return
  if (point.step !== undefined && !(Array.isArray(values) && values.includes(point.step))) return
  unlinkSync(process.env['CRASH_ORDERS'] ?? '')
  process.kill(process.pid, order.act === 'pause' ? 'SIGSTOP' : 'SIGKILL')
  // Nothing of ours may run between the signal and its effect.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SIGNAL_MS)
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement.trimStart()
  const isQuery = typeof statement === 'object' && statement !== null && 'text' in statement
  return isQuery && typeof statement.text === 'string' ? statement.text.trimStart() : ''
}

const Asked = z.object({
  id: z.int(),
  call: z.object({ kind: z.literal('query'), text: z.string(), params: z.array(z.unknown()) }),
})
const Done = z.object({ kind: z.literal('done'), id: z.int() })

/** In the thread of the embedded store: what it is asked for, and what it is about to answer. */
function watchThread(port: NonNullable<typeof parentPort>): void {
  const asked = new Map<number, z.infer<typeof Asked>['call']>()
  const on = port.on.bind(port)
  port.on = ((event: string, listener: (...args: unknown[]) => void) =>
    on(event, (message: unknown) => {
      const read = Asked.safeParse(message)
      if (read.success) {
        asked.set(read.data.id, read.data.call)
        reach('before', textOf(read.data.call), read.data.call.params)
      }
      listener(message)
    })) as typeof port.on
  const post = port.postMessage.bind(port)
  port.postMessage = (message, ...rest) => {
    const read = Done.safeParse(message)
    const call = read.success ? asked.get(read.data.id) : undefined
    if (read.success) asked.delete(read.data.id)
    if (call !== undefined) reach('after', textOf(call), call.params)
    post(message, ...rest)
  }
}

if (parentPort !== null) watchThread(parentPort)

const remote = pg.Client.prototype.query
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const text = textOf(args[0])
  reach('before', text, args[1])
  const callback = args.at(-1)
  if (typeof callback === 'function') {
    const rest = args.slice(0, -1)
    return Reflect.apply(remote, this, [
      ...rest,
      (...answer: unknown[]) => {
        reach('after', text, args[1])
        callback(...answer)
      },
    ])
  }
  return Reflect.apply(remote, this, args)
} as typeof remote

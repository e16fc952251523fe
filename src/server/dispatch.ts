import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import type { Delivery } from '#server/intake'
import type { Metrics } from '#server/metrics'

/** A delivery as it comes back out of the inbox; `attempt` counts from 1. */
export interface StoredDelivery extends Omit<Delivery, 'body'> {
  /** What the door kept of it, as JSON. */
  readonly body: string
  readonly attempt: number
}

/** The inbox, seen from its other end. */
export interface Deliveries {
  /** Up to `limit` deliveries that are due, oldest first, held so that nobody else gets them. */
  take(limit: number): Promise<readonly StoredDelivery[]>
  /** It has had its effect; `result` says in words what came of it. */
  settled(guid: string, result: string): Promise<void>
  /** It failed and becomes due again after this time. */
  retry(guid: string, afterMs: number, because: string): Promise<void>
  /** It failed for good and is kept for a person to look at. */
  bury(guid: string, because: string): Promise<void>
  /** Resolves when no crowd waits to be stored, or after this many milliseconds. */
  quiet(limitMs: number): Promise<void>
  /** Calls back whenever something was stored; gives the way to stop that. */
  onArrival(wake: () => void): () => void
}

/** Hands one event to its handlers and waits for them; gives what came of it, in words. */
export type Receive = (event: {
  readonly guid: string
  readonly event: string
  readonly payload: unknown
}) => Promise<string>

export interface DispatchDeps {
  readonly deliveries: Deliveries
  readonly receive: Receive
  /** Rejects while no event can be handled at all: then none is taken, and none wears out. */
  readonly ready: () => Promise<unknown>
  readonly metrics: Metrics
  readonly log: Log
}

/** Deliveries taken at once. */
const BATCH = 32

/** How often to look without being woken: what failed becomes due by itself. Milliseconds. */
const POLL_MS = 1_000

/** How long a job makes room for a crowd at the door: it needs the same database. Milliseconds. */
const ROOM_MS = 100

/** A handler stores one job; one that takes longer is given up. Milliseconds. */
const HANDLER_MS = 30_000

/** Attempts after which a delivery is buried, about a quarter of an hour. */
const MAX_ATTEMPTS = 10
const FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 300_000

/** Characters of a failure's words that are kept with the delivery. */
const MAX_REASON = 500

/** Works through the inbox until stopped. */
export interface Dispatcher {
  /** Resolves once the delivery in hand is dealt with and what was dealt with is recorded. */
  stop(): Promise<void>
}

/** Starts to hand stored deliveries to the handlers, one after the other, in their order. */
export function startDispatcher(deps: DispatchDeps): Dispatcher {
  const stopping = new AbortController()
  const running = run(deps, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function run(deps: DispatchDeps, signal: AbortSignal): Promise<void> {
  let woken = Promise.withResolvers<void>()
  const trouble = { told: false }
  const unsubscribe = deps.deliveries.onArrival(() => woken.resolve())
  while (!signal.aborted) {
    // Before looking: what is stored while we look must wake us.
    woken = Promise.withResolvers<void>()
    const taken = await takeBatch(deps, trouble)
    // In their order, but what came of each may be written down together.
    const outcomes: Promise<void>[] = []
    for (const delivery of taken) {
      await deps.deliveries.quiet(ROOM_MS)
      if (!signal.aborted) {
        outcomes.push(record(deps, delivery, await dispatch(deps, delivery)))
      }
    }
    await Promise.all(outcomes)
    // A batch that was not full was all there was.
    if (taken.length < BATCH) await waitFor(woken.promise, signal)
  }
  unsubscribe()
}

/** Says once that nothing can be taken, and once that it can again. */
async function takeBatch(
  { ready, deliveries, log }: DispatchDeps,
  trouble: { told: boolean },
): Promise<readonly StoredDelivery[]> {
  try {
    await ready()
    const taken = await deliveries.take(BATCH)
    if (trouble.told) {
      trouble.told = false
      log.info({}, 'deliveries are dispatched again')
    }
    return taken
  } catch (err) {
    if (!trouble.told) {
      trouble.told = true
      log.error({ err }, 'no delivery can be dispatched')
    }
    return []
  }
}

async function waitFor(wake: Promise<void>, signal: AbortSignal): Promise<void> {
  const waited = new AbortController()
  const poll = sleep(POLL_MS, undefined, { signal: AbortSignal.any([signal, waited.signal]) })
  // Rejects when the wait is over for another reason.
  await Promise.race([wake, poll]).catch(() => undefined)
  waited.abort()
  await poll.catch(() => undefined)
}

/** Null for a body that nobody can handle. */
async function dispatch(
  { receive }: DispatchDeps,
  delivery: StoredDelivery,
): Promise<Handled | null> {
  const payload = parse(delivery.body)
  return payload === undefined ? null : handle(receive, delivery, payload)
}

async function record(
  deps: DispatchDeps,
  delivery: StoredDelivery,
  handled: Handled | null,
): Promise<void> {
  const { deliveries, log } = deps
  const { guid } = delivery
  try {
    if (handled === null) {
      await deliveries.bury(guid, 'the body is no JSON object')
      deps.metrics.dispatched('dead')
      return
    }
    await (handled.ok
      ? deliveries.settled(guid, handled.result)
      : failed(deps, delivery, handled.error))
  } catch (err) {
    // It is no longer held after a while and handed out again: handlers can be repeated.
    log.error({ delivery: guid, err }, 'outcome of a delivery could not be stored')
  }
}

async function failed(
  { deliveries, metrics, log }: DispatchDeps,
  { guid, event, attempt }: StoredDelivery,
  err: unknown,
): Promise<void> {
  if (attempt >= MAX_ATTEMPTS && !isWaiting(err)) {
    await deliveries.bury(guid, reason(err))
    metrics.dispatched('dead')
    log.error({ delivery: guid, event, attempt, err }, 'delivery buried')
    return
  }
  const retryInMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1))
  await deliveries.retry(guid, retryInMs, reason(err))
  metrics.dispatched('retry')
  log.warn({ delivery: guid, event, attempt, retryInMs, err }, 'delivery failed')
}

type Handled =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly error: unknown }

async function handle(
  receive: Receive,
  { guid, event }: StoredDelivery,
  payload: object,
): Promise<Handled> {
  const over = new AbortController()
  try {
    const late = sleep(HANDLER_MS, undefined, { signal: over.signal }).then(() => {
      throw new Problem('dispatch.late', 'retry', `a handler of ${event} took too long`)
    })
    const received = receive({ guid, event, payload })
    return { ok: true, result: await Promise.race([received, late]) }
  } catch (error) {
    return { ok: false, error }
  } finally {
    over.abort()
  }
}

/** Probot gathers what its handlers threw. */
function causes(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [error]
}

/** A busy world is waited for, however long; only what cannot be handled is given up. */
function isWaiting(error: unknown): boolean {
  return causes(error).every((cause) => cause instanceof Problem && cause.kind === 'retry')
}

function reason(error: unknown): string {
  const [first] = causes(error)
  return first instanceof Error ? first.message.slice(0, MAX_REASON) : 'unknown'
}

function parse(body: string): object | undefined {
  try {
    const payload: unknown = JSON.parse(body)
    return typeof payload === 'object' && payload !== null ? payload : undefined
  } catch {
    return undefined
  }
}

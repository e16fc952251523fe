import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import type { Delivery } from '#server/intake'
import type { Metrics } from '#server/metrics'

/** A delivery as it comes back out of the inbox. */
export interface StoredDelivery extends Delivery {
  /** How often it was handed out before. */
  readonly attempts: number
}

/** The inbox, seen from its other end. */
export interface Deliveries {
  /** Up to `limit` deliveries that are due, oldest first, leased so that nobody else gets them. */
  take(limit: number): Promise<readonly StoredDelivery[]>
  /** Its job is stored, or it asks for none. */
  done(guid: string): Promise<void>
  /** It failed and becomes due again. */
  retry(guid: string, afterMs: number, because: string): Promise<void>
  /** It failed for good and is kept for a person to look at. */
  bury(guid: string, because: string): Promise<void>
  /** Calls back whenever something was stored; gives the way to stop that. */
  subscribe(wake: () => void): () => void
}

/** Hands one event to its handlers and waits for them. */
export type Receive = (event: {
  readonly guid: string
  readonly event: string
  readonly payload: unknown
}) => Promise<void>

export interface DispatchDeps {
  readonly deliveries: Deliveries
  readonly receive: Receive
  readonly metrics: Metrics
  readonly log: Log
}

/** Deliveries taken at once. */
const BATCH = 32

/** How often to look without being woken: what failed becomes due by itself. Milliseconds. */
const POLL_MS = 1_000

/** A handler stores one job; one that takes longer is given up. Milliseconds. */
const HANDLER_MS = 30_000

/** Attempts after which a delivery is buried, about a quarter of an hour. */
const MAX_ATTEMPTS = 10
const MAX_RETRY_MS = 300_000

/** Works through the inbox until stopped. */
export interface Dispatcher {
  /** Resolves once the delivery in hand is dealt with; leases of the others run out. */
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
  const unsubscribe = deps.deliveries.subscribe(() => woken.resolve())
  while (!signal.aborted) {
    // Before looking: what is stored while we look must wake us.
    woken = Promise.withResolvers<void>()
    const taken = await takeBatch(deps)
    for (const delivery of taken) {
      if (!signal.aborted) {
        await dispatch(deps, delivery)
      }
    }
    if (taken.length === 0) {
      await waitFor(woken.promise, signal)
    }
  }
  unsubscribe()
}

async function takeBatch({ deliveries, log }: DispatchDeps): Promise<readonly StoredDelivery[]> {
  try {
    return await deliveries.take(BATCH)
  } catch (err) {
    log.error({ err }, 'inbox could not be read')
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

async function dispatch(deps: DispatchDeps, delivery: StoredDelivery): Promise<void> {
  const { deliveries, log } = deps
  const { guid } = delivery
  try {
    const payload = parse(delivery.body)
    if (payload === undefined) {
      await deliveries.bury(guid, 'the body is no JSON object')
      deps.metrics.dispatched('dead')
      return
    }
    const failure = await handle(deps.receive, delivery, payload)
    await (failure === null ? deliveries.done(guid) : failed(deps, delivery, failure.error))
  } catch (err) {
    // Its lease runs out and it is handed out again: handlers can be repeated.
    log.error({ delivery: guid, err }, 'outcome of a delivery could not be stored')
  }
}

/** Null when the handlers did their work. */
async function handle(
  receive: Receive,
  { guid, event }: StoredDelivery,
  payload: object,
): Promise<{ error: unknown } | null> {
  const over = new AbortController()
  try {
    const late = sleep(HANDLER_MS, undefined, { signal: over.signal }).then(() => {
      throw new Problem('dispatch.late', 'retry', `a handler of ${event} took too long`)
    })
    await Promise.race([receive({ guid, event, payload }), late])
    return null
  } catch (error) {
    return { error }
  } finally {
    over.abort()
  }
}

async function failed(
  { deliveries, metrics, log }: DispatchDeps,
  { guid, event, attempts }: StoredDelivery,
  error: unknown,
): Promise<void> {
  const attempt = attempts + 1
  const because = reason(error)
  if (attempt >= MAX_ATTEMPTS && !isWaiting(error)) {
    await deliveries.bury(guid, because)
    metrics.dispatched('dead')
    log.error({ delivery: guid, event, attempt, err: error }, 'delivery buried')
    return
  }
  const afterMs = Math.min(MAX_RETRY_MS, 1_000 * 2 ** Math.min(attempts, 20))
  await deliveries.retry(guid, afterMs, because)
  metrics.dispatched('retry')
  log.warn({ delivery: guid, event, attempt, retryInMs: afterMs, err: error }, 'delivery failed')
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
  return first instanceof Error ? first.message.slice(0, 500) : 'unknown'
}

function parse(body: string): object | undefined {
  try {
    const payload: unknown = JSON.parse(body)
    return typeof payload === 'object' && payload !== null ? payload : undefined
  } catch {
    return undefined
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel'
import { LONGEST_REST_MS, type Model, type ModelTurn, type ServiceRest } from '#flow/model-port'

type Failed = Extract<ModelTurn, { kind: 'failed' }>

/** When the breaker opens, and for how long. */
export interface BreakerOptions {
  /** So many transient failures in a row are a storm. */
  readonly transientAfter?: number
  readonly transientMs?: number
  /** One account failure is enough: the next call would fail alike. */
  readonly accountMs?: number
  /** What the service asked of any process; left out where there is only one. It never rejects. */
  readonly rest?: ServiceRest
}

/** A model that all workers share, and whether it may be asked at the moment. */
export interface GuardedModel extends Model {
  /** Null when it may be asked; else what is wrong, for people. */
  trouble(): { readonly failure: 'transient' | 'account'; readonly message: string } | null
}

/** What is left of a shorter one is sat out here; a longer one belongs to the queue. */
const SHORT_REST_MS = 30_000
/** Waits that end so close to each other are one. */
const SAME_MOMENT_MS = 1_000
const RESTS = 'the service asked to wait'

/**
 * Keeps all workers from asking a model that cannot answer. While it is open no request leaves;
 * after the pause one request probes, and the others wait for the next one. Where the service said
 * how long it wants to be left alone, no process asks before.
 */
export function createGuardedModel(model: Model, options: BreakerOptions = {}): GuardedModel {
  const account = createGate('account', 1, options.accountMs ?? 60_000)
  const transient = createGate(
    'transient',
    options.transientAfter ?? 5,
    options.transientMs ?? 30_000,
  )
  const { rest } = options
  const left = () => rest?.left() ?? 0
  const ask: Model['turn'] = async (request, signal) => {
    const turn = await model.turn(request, signal)
    const wishMs = Math.min(wishOf(turn), LONGEST_REST_MS)
    // Of all that are refused in the same moment one tells the others.
    if (wishMs > left() + SAME_MOMENT_MS) await rest?.rest(wishMs)
    return turn
  }
  return {
    async turn(request, signal) {
      await sitOut(left(), signal)
      const restsMs = left()
      // Stopped meanwhile: no request left, so nothing is to be paid.
      if (restsMs > 0 || signal.aborted) return heldBack('transient', RESTS, restsMs)
      return account.pass(() => transient.pass(() => ask(request, signal)))
    },
    trouble: () =>
      account.trouble() ??
      transient.trouble() ??
      (left() > SHORT_REST_MS ? { failure: 'transient', message: RESTS } : null),
  }
}

/** Sits out what is left of a short rest, and a little more: not all may come back at once. */
async function sitOut(leftMs: number, signal: AbortSignal): Promise<void> {
  if (leftMs === 0 || leftMs > SHORT_REST_MS) return
  const ms = leftMs * (1 + Math.random() / 4)
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** How long the service wants to be left alone, in milliseconds; 0 when it said nothing of the kind. */
function wishOf(turn: ModelTurn): number {
  return turn.kind === 'failed' && turn.failure === 'transient' ? (turn.retryAfterMs ?? 0) : 0
}

/** What whoever asks gets for a request that did not leave. */
function heldBack(failure: Failed['failure'], message: string, retryAfterMs: number): Failed {
  return { kind: 'failed', failure, message, retryAfterMs, usage: null, requestId: null }
}

interface Gate {
  pass(ask: () => Promise<ModelTurn>): Promise<ModelTurn>
  trouble(): { failure: 'transient' | 'account'; message: string } | null
}

function createGate(failure: 'transient' | 'account', after: number, pauseMs: number): Gate {
  const counts = (result: unknown) => isFailed(result) && result.failure === failure
  const breaker: CircuitBreakerPolicy = circuitBreaker(handleWhenResult(counts), {
    breaker: new ConsecutiveBreaker(after),
    halfOpenAfter: pauseMs,
  })
  let last = ''
  let openedAt = 0
  breaker.onBreak(() => {
    openedAt = performance.now()
  })
  return {
    trouble: () => (breaker.state === CircuitState.Closed ? null : { failure, message: last }),
    pass: async (ask) => {
      try {
        const turn = await breaker.execute(ask)
        if (counts(turn) && isFailed(turn)) last = turn.message
        return turn
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error
        const left = Math.max(1_000, Math.round(openedAt + pauseMs - performance.now()))
        return heldBack(failure, last, left)
      }
    },
  }
}

function isFailed(result: unknown): result is Failed {
  return (
    typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'failed'
  )
}

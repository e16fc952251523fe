import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel'
import type { Model, ModelTurn } from '#flow/model-port'

type Failed = Extract<ModelTurn, { kind: 'failed' }>

/** When the breaker opens, and for how long. */
export interface BreakerOptions {
  /** So many transient failures in a row are a storm. */
  readonly transientAfter?: number
  readonly transientMs?: number
  /** One account failure is enough: the next call would fail alike. */
  readonly accountMs?: number
}

/** A model that all workers share, and whether it may be asked at the moment. */
export interface GuardedModel extends Model {
  /** Null when it may be asked; else what is wrong, for people. */
  trouble(): { readonly failure: 'transient' | 'account'; readonly message: string } | null
}

/**
 * Keeps all workers from asking a model that cannot answer. While it is open no request leaves;
 * after the pause one request probes, and the others wait for the next one.
 */
export function createGuardedModel(model: Model, options: BreakerOptions = {}): GuardedModel {
  const account = createGate('account', 1, options.accountMs ?? 60_000)
  const transient = createGate(
    'transient',
    options.transientAfter ?? 5,
    options.transientMs ?? 30_000,
  )
  return {
    turn: (request, signal) =>
      account.pass(() => transient.pass(() => model.turn(request, signal))),
    trouble: () => account.trouble() ?? transient.trouble(),
  }
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
        return {
          kind: 'failed',
          failure,
          message: last,
          retryAfterMs: left,
          usage: null,
          requestId: null,
        }
      }
    },
  }
}

function isFailed(result: unknown): result is Failed {
  return (
    typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'failed'
  )
}

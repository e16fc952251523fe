import type { Model, TurnUsage } from '#flow/model-port'
import type { Budget } from '#flow/ports'

/** What happens inside of the work, for whoever counts it. Every word is one of ours. */
export interface Observations {
  /** @param result how the try ended @param seconds how long it took */
  jobTried(kind: string, result: string, seconds: number): void
  /** How long a job lay in the queue before its first try. */
  jobWaited(kind: string, seconds: number): void
  /** Why the model stopped, or the kind of its failure. */
  modelTurn(result: string): void
  /** A model in use will be retired. @param at seconds since the epoch */
  modelRetires(model: string, at: number): void
  /** What one call of the model cost, in US dollars and tokens. */
  spent(usd: number, usage: TurnUsage): void
  /**
   * One answer of GitHub.
   *
   * @param status null when there was none
   * @param left what is left of the hourly limit, from 0 to 1; null where GitHub does not say
   */
  githubAnswered(answer: { status: number | null; left: number | null }, installation: number): void
  /** One run of a task that only one process does. */
  taskRan(task: string, result: 'done' | 'failed'): void
  /** Deliveries that GitHub was asked to send again. */
  resent(count: number): void
}

/** A model whose turns are counted. */
export function observedModel<M extends Model>(model: M, seen: Observations): M {
  return {
    ...model,
    async turn(request, signal) {
      const turn = await model.turn(request, signal)
      seen.modelTurn(turn.kind === 'answered' ? turn.stop : `failed-${turn.failure}`)
      return turn
    },
  }
}

/** A budget whose spending is counted. */
export function observedBudget(budget: Budget, seen: Observations): Budget {
  return {
    reserve: (usd) => budget.reserve(usd),
    async settle(entry) {
      seen.spent(entry.usd, entry.usage)
      await budget.settle(entry)
    },
  }
}

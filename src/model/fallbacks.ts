import { lighterModel } from '#core/agent/models'
import type { ModelBlock, ModelMessage, ModelRequest, ModelTurn } from '#flow/model-port'
import type { GuardedModel } from '#model/circuit-breaker'

/** A service that may answer. `name` is the model it is asked for; null for whichever is asked. */
export interface Candidate {
  readonly name: string | null
  readonly model: GuardedModel
}

/** Transient failures in a row after which the next service is asked. */
const PATIENCE = 2
const PAUSE_MS = 60_000

/**
 * Asks the first service that can answer: one whose account is refused is passed over at once, one
 * that is overloaded after its second failure, until its pause is over. Which model answered stands
 * in the turn, for the bill and for the reader.
 */
export function createFallbacks(
  candidates: readonly [Candidate, ...Candidate[]],
  now: () => number,
): GuardedModel {
  const [first] = candidates
  const strikes = candidates.map(() => ({ count: 0, at: 0 }))
  const isTired = (index: number) => {
    const { count, at } = strikes[index] ?? { count: 0, at: 0 }
    return count >= PATIENCE && now() - at < PAUSE_MS
  }
  const note = (index: number, turn: ModelTurn) => {
    const failed = turn.kind === 'failed' && turn.failure === 'transient'
    const before = strikes[index]?.count ?? 0
    strikes[index] = { count: failed ? before + 1 : 0, at: now() }
  }
  /** Where everybody is tired the first is asked: waiting is the business of whoever asks. */
  const order = () => {
    const rested = candidates.flatMap((candidate, index) =>
      isTired(index) ? [] : [{ candidate, index }],
    )
    return rested.length > 0 ? rested : [{ candidate: first, index: 0 }]
  }
  return {
    trouble: () => {
      const troubles = candidates.map(({ model }) => model.trouble())
      return troubles.includes(null) ? null : (troubles[0] ?? null)
    },
    mayAnswer: (request) => candidates.map(({ name }) => nameFor(request, name)),
    async turn(request, signal) {
      let last: ModelTurn | null = null
      for (const { candidate, index } of order()) {
        const asked = index === 0 ? request : requestFor(request, candidate.name)
        const turn = await candidate.model.turn(asked, signal)
        note(index, turn)
        if (turn.kind === 'answered') return { ...turn, model: asked.model }
        last ??= turn
        // An open breaker lets nothing out but a probe now and then, so that it costs nothing to try.
        if (turn.failure !== 'account' && candidate.model.trouble() === null) return turn
      }
      return last ?? first.model.turn(request, signal)
    },
  }
}

function nameFor({ model, light }: Pick<ModelRequest, 'model' | 'light'>, name: string | null) {
  if (name === null) return model
  return light === true ? lighterModel(name) : name
}

/** The same question to another model: what only the first can read of its own thinking is left out. */
function requestFor(request: ModelRequest, name: string | null): ModelRequest {
  const messages = request.messages.map(
    (message): ModelMessage => ({ ...message, content: legible(message.content) }),
  )
  return { ...request, model: nameFor(request, name), messages }
}

function legible(content: readonly ModelBlock[]): readonly ModelBlock[] {
  const kept = content.filter(({ type }) => type !== 'opaque')
  return kept.length > 0 ? kept : [{ type: 'text', text: '…' }]
}

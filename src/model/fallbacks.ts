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
  /** Who thought what: nobody else can read it, and each wants its own back as it was. */
  const thinkers = new WeakMap<object, number>()
  const strikes = candidates.map(() => ({ count: 0, at: 0 }))
  const isTired = (index: number) => {
    const { count, at } = strikes[index] ?? { count: 0, at: 0 }
    return count >= PATIENCE && now() - at < PAUSE_MS
  }
  const note = (index: number, turn: ModelTurn) => {
    const said = turn.kind === 'answered' ? turn.content : []
    for (const block of said) thinkers.set(block, index)
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
        const asked = {
          ...request,
          model: nameFor(request, candidate.name),
          messages: request.messages.map((one) => legibleTo(index, one, thinkers)),
        }
        const turn = await candidate.model.turn(asked, signal)
        note(index, turn)
        if (turn.kind === 'answered') return { ...turn, model: asked.model }
        last ??= turn
        if (isPassing(turn, candidate)) return turn
      }
      return last ?? first.model.turn(request, signal)
    },
  }
}

/** Whether the same service may answer later. An open breaker lets out a probe at most: go on. */
function isPassing(turn: ModelTurn, { model }: Candidate): boolean {
  return turn.kind === 'failed' && turn.failure !== 'account' && model.trouble() === null
}

function nameFor({ model, light }: Pick<ModelRequest, 'model' | 'light'>, name: string | null) {
  if (name === null) return model
  return light === true ? lighterModel(name) : name
}

/** A message without the thinking of another model. */
function legibleTo(
  index: number,
  message: ModelMessage,
  thinkers: WeakMap<object, number>,
): ModelMessage {
  const content = message.content.filter(
    (block: ModelBlock) => block.type !== 'opaque' || (thinkers.get(block) ?? index) === index,
  )
  if (content.length === message.content.length) return message
  return { ...message, content: content.length > 0 ? content : [{ type: 'text', text: '…' }] }
}

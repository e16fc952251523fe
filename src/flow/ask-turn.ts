import { estimateTokens } from '#core/agent/estimate-tokens'
import { costOf, priceOf } from '#core/agent/models'
import type { Usage } from '#core/report/report'
import type { Model, ModelRequest, ModelTurn, TurnUsage } from '#flow/model-port'
import type { Budget, Clock } from '#flow/ports'

/** What one turn needs. `random` gives 0 up to 1, for the jitter of waits. */
export interface TurnNeeds {
  readonly model: Model
  readonly budget: Budget
  readonly clock: Clock
  readonly random: () => number
}

/** What became of one turn, after waiting and trying again where that makes sense. */
export type TurnOutcome =
  | { readonly kind: 'answered'; readonly turn: Extract<ModelTurn, { kind: 'answered' }> }
  | { readonly kind: 'over-budget' }
  | { readonly kind: 'refused'; readonly because: string }
  | {
      readonly kind: 'unavailable'
      readonly failure: 'transient' | 'account'
      readonly because: string
      readonly retryAfterMs: number | null
    }

type Trouble = Exclude<TurnOutcome, { kind: 'answered' }>

/** What the turns of one review used altogether. */
interface Sum {
  usage: Usage
  readonly requestIds: string[]
  /** The models that answered as the reviewer, those that were asked in their place too. */
  readonly answeredBy: Set<string>
  /** Calls that were sent since the last answer that could be used. */
  fruitless: number
  /** How the last call failed that no answer came after. */
  trouble: Trouble | null
}

/** Counts what the turns of one review used, as seen from one of its conversations. */
export interface Tally {
  /** Of all conversations together. */
  readonly sum: Sum
  /** The size of this conversation's last answered prompt, in tokens and in characters of its messages. */
  last: { tokens: number; characters: number } | null
}

const MAX_ATTEMPTS = 4
/** Calls in a row, of all conversations of a review, that give nothing: then nobody goes on trying. */
const MAX_FRUITLESS = 6
const UNUSABLE = { kind: 'refused', because: 'no answer of the model could be used' } as const
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 20_000
/** Longer waits belong to the queue, not to a worker that holds a lease. */
const LONGEST_ASKED_WAIT_MS = 30_000

const NOTHING: TurnUsage = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
}

/** @param other of a conversation of the same review, which is counted together with this one */
export function createTally(other?: Tally): Tally {
  const usage = { modelCalls: 0, ...NOTHING, usd: 0 }
  const nothing = { answeredBy: new Set<string>(), fruitless: 0, trouble: null }
  return { sum: other?.sum ?? { usage, requestIds: [], ...nothing }, last: null }
}

/** Tokens of a review so far, those read from the cache included. */
export function tokensOf({ sum: { usage } }: Tally): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens
}

/** Asks the model for one turn: reserves its worst case, settles what it took, waits and retries. */
export async function askTurn(
  needs: TurnNeeds,
  request: ModelRequest,
  tally: Tally,
  signal: AbortSignal,
): Promise<TurnOutcome> {
  const { sum } = tally
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    if (sum.fruitless >= MAX_FRUITLESS) return sum.trouble ?? UNUSABLE
    sum.fruitless += 1
    const turn = await payFor(needs, request, tally, signal)
    if (turn === null) return { kind: 'over-budget' }
    if (turn.kind === 'answered') return answered(request, turn, sum)
    sum.trouble = troubleOf(turn)
    const isLast = attempt === MAX_ATTEMPTS || sum.fruitless >= MAX_FRUITLESS
    if (isLast || !isWorthWaiting(turn)) return sum.trouble
    await needs.clock.sleep(waitBefore(attempt, turn.retryAfterMs, needs.random()), signal)
  }
}

function answered(request: ModelRequest, turn: Answered, sum: Sum): TurnOutcome {
  // An answer that ends in anything but a tool call may be the same fault again.
  if (turn.stop === 'tool_use') sum.fruitless = 0
  sum.trouble = null
  if (request.light !== true) sum.answeredBy.add(turn.model ?? request.model)
  return { kind: 'answered', turn }
}

type Answered = Extract<ModelTurn, { kind: 'answered' }>
type Failed = Extract<ModelTurn, { kind: 'failed' }>

function troubleOf({ failure, message: because, retryAfterMs }: Failed): Trouble {
  if (failure === 'request')
    return { kind: 'refused', because: `the model's service refused the request: ${because}` }
  return { kind: 'unavailable', failure, because, retryAfterMs }
}

function isWorthWaiting({ failure, retryAfterMs }: Failed): boolean {
  return failure === 'transient' && (retryAfterMs ?? 0) <= LONGEST_ASKED_WAIT_MS
}

/** Exponential with full jitter, and never shorter than what the other side asked for. */
function waitBefore(attempt: number, retryAfterMs: number | null, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
  return Math.round(Math.max(retryAfterMs ?? 0, FIRST_WAIT_MS / 2 + random * ceiling))
}

async function payFor(
  needs: TurnNeeds,
  request: ModelRequest,
  tally: Tally,
  signal: AbortSignal,
): Promise<ModelTurn | null> {
  const characters = sizeOf(request)
  const prompt =
    tally.last === null
      ? estimateTokens(JSON.stringify(request))
      : tally.last.tokens + Math.ceil(Math.max(0, characters - tally.last.characters) / 2.5)
  const reserved = worstCaseOf(needs.model, request, prompt)
  if (!(await needs.budget.reserve(reserved))) return null
  const settle = async (
    usage: TurnUsage,
    requestId: string | null,
    model: string = request.model,
  ) => {
    const usd = costOf(model, usage)
    addUp(tally, usage, usd, requestId)
    await needs.budget.settle({ reserved, usd, model, usage, requestId })
  }
  let turn: ModelTurn
  try {
    turn = await needs.model.turn(request, signal)
  } catch (error) {
    // Stopped in the middle: the prompt was probably read, and nobody will say what it cost.
    await settle({ ...NOTHING, inputTokens: prompt }, null)
    throw error
  }
  const answeredBy = turn.kind === 'answered' ? turn.model : undefined
  await settle(turn.usage ?? NOTHING, turn.requestId, answeredBy)
  if (turn.kind === 'answered') {
    const { inputTokens, cacheReadTokens, cacheWriteTokens } = turn.usage
    const tokens = inputTokens + cacheReadTokens + cacheWriteTokens
    tally.last = tokens === 0 ? null : { tokens, characters }
  }
  return turn
}

/** What a call costs at most, whoever answers it, in dollars. */
function worstCaseOf(model: Model, request: ModelRequest, prompt: number): number {
  const names = model.mayAnswer?.(request) ?? [request.model]
  const worst = names.map((name) => {
    const price = priceOf(name, prompt)
    return prompt * Math.max(price.input, price.cacheWrite) + request.maxTokens * price.output
  })
  return Math.max(...worst) / 1_000_000
}

function addUp(tally: Tally, usage: TurnUsage, usd: number, requestId: string | null): void {
  const before = tally.sum.usage
  tally.sum.usage = {
    modelCalls: before.modelCalls + 1,
    inputTokens: before.inputTokens + usage.inputTokens,
    cacheReadTokens: before.cacheReadTokens + usage.cacheReadTokens,
    cacheWriteTokens: before.cacheWriteTokens + usage.cacheWriteTokens,
    outputTokens: before.outputTokens + usage.outputTokens,
    usd: before.usd + usd,
  }
  if (requestId !== null) tally.sum.requestIds.push(requestId)
}

function sizeOf(request: ModelRequest): number {
  return JSON.stringify(request.messages).length
}

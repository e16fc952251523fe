import type { Prompt } from '#core/agent/build-prompt'
import type { AgentLimits } from '#flow/agent-limits'
import type { AgentTools } from '#flow/agent-tools'
import { askTurn, type Tally, type TurnNeeds, tokensOf } from '#flow/ask-turn'
import type { ModelBlock, ModelMessage, ModelRequest, StopReason } from '#flow/model-port'
import { createToolCalls, type ToolCalls } from '#flow/run-tool-calls'

/** One conversation with the model about one change. */
export interface Conversation {
  readonly model: string
  readonly tools: AgentTools
  /** The prompt with a share, 0 to 1, of the room for the diff. */
  readonly promptOf: (share: number) => Prompt
  readonly limits: AgentLimits
  readonly tally: Tally
  readonly signal: AbortSignal
  /** Called after each answer: from the first one on, others can read the cached prefix. */
  readonly onAnswer?: () => void
}

/**
 * How a conversation ended. `cut` met a limit: what was seen counts partly. `failed` gave nothing
 * that can be relied on, so no file counts as reviewed. What was accepted before holds in any case.
 */
export type Ending =
  | { readonly kind: 'finished'; readonly diff: Prompt['diff'] }
  | { readonly kind: 'cut' | 'failed'; readonly because: string; readonly diff: Prompt['diff'] }
  | {
      readonly kind: 'unavailable'
      readonly failure: 'transient' | 'account'
      readonly because: string
      readonly retryAfterMs: number | null
    }

interface State {
  prompt: Prompt
  messages: ModelMessage[]
  readonly calls: ToolCalls
  readonly startedAt: number
  turns: number
  /** Second chances that were used up, by their reason. */
  readonly used: Set<string>
}

const MAX_FAILURES_IN_A_ROW = 5
/** The API takes requests up to 32 MB; this stays far below. */
const MAX_REQUEST_CHARACTERS = 12_000_000

const CUT_SHORT =
  'Your last answer reached the limit of output and was discarded. Answer in smaller steps.'
const GO_ON = 'The review is not finished. Report what is left, then call finish_review.'
const WIND_DOWN = 'Little room is left. Report what you have and call finish_review now.'

/** Lets model and tools talk until the review is finished or a limit ends it. */
export async function converse(needs: TurnNeeds, talk: Conversation): Promise<Ending> {
  const prompt = talk.promptOf(1)
  const state: State = {
    prompt,
    messages: opening(prompt),
    calls: createToolCalls(talk.tools),
    startedAt: needs.clock.now(),
    turns: 0,
    used: new Set(),
  }
  for (;;) {
    const limit = limitReached(talk, state, needs.clock.now())
    if (limit !== null) return cut(limit, state)
    state.turns += 1
    const outcome = await askTurn(needs, requestOf(talk, state), talk.tally, talk.signal)
    if (outcome.kind === 'unavailable') return outcome
    if (outcome.kind === 'over-budget') return cut('the budget is used up', state)
    if (outcome.kind === 'refused') return failed(outcome.because, state)
    talk.onAnswer?.()
    const { stop, content } = outcome.turn
    const ending =
      stop === 'tool_use'
        ? await onToolUse(talk, state, content)
        : onStop(stop, content, talk, state)
    if (ending !== null) return ending
  }
}

function opening(prompt: Prompt): ModelMessage[] {
  return [{ role: 'user', content: [{ type: 'text', text: prompt.user }] }]
}

function requestOf(talk: Conversation, state: State): ModelRequest {
  return {
    model: talk.model,
    maxTokens: talk.limits.turnTokens,
    system: state.prompt.system,
    tools: talk.tools.descriptions,
    messages: state.messages,
  }
}

function limitReached(talk: Conversation, state: State, now: number): string | null {
  const { limits, tally } = talk
  const seen = state.prompt.diff.shown.length + state.prompt.diff.leftOut.length
  if (seen === 0) return 'no selected file has a change to review'
  if (state.turns >= limits.turns) return `the limit of ${limits.turns} turns was reached`
  if (state.calls.count() >= limits.toolCalls) {
    return `the limit of ${limits.toolCalls} tool calls was reached`
  }
  if (tokensOf(tally) >= limits.tokens) return `the limit of ${limits.tokens} tokens was reached`
  if (now - state.startedAt >= limits.wallMs) {
    return `the limit of ${Math.round(limits.wallMs / 60_000)} minutes was reached`
  }
  return state.calls.failuresInARow() >= MAX_FAILURES_IN_A_ROW
    ? `${MAX_FAILURES_IN_A_ROW} turns in a row brought only errors`
    : null
}

async function onToolUse(
  talk: Conversation,
  state: State,
  content: readonly ModelBlock[],
): Promise<Ending | null> {
  const calls = content.filter((block) => block.type === 'tool_use')
  if (calls.length === 0) return failed('the model asked for tools without naming one', state)
  const allowed = talk.limits.toolCalls - state.calls.count()
  const results = await state.calls.run(calls, allowed)
  // Thinking blocks are signed: the answer goes back exactly as it came.
  state.messages.push({ role: 'assistant', content }, { role: 'user', content: results })
  if (talk.tools.reporting.closing() !== null) return { kind: 'finished', diff: state.prompt.diff }
  const size = state.messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0)
  if (size > MAX_REQUEST_CHARACTERS) return cut('the conversation became too large', state)
  if (state.turns >= talk.limits.turns - 2 && chance(state, 'wind-down')) say(state, WIND_DOWN)
  return null
}

/** Everything but tool calls: none of these may run a call that stands in the same answer. */
function onStop(
  stop: Exclude<StopReason, 'tool_use'>,
  content: readonly ModelBlock[],
  talk: Conversation,
  state: State,
): Ending | null {
  switch (stop) {
    case 'max_tokens':
      if (!chance(state, stop)) return cut('the model exceeded the limit of output twice', state)
      say(state, CUT_SHORT)
      return null
    case 'end_turn':
    case 'stop_sequence':
      if (!chance(state, 'nudge')) return failed('the model ended without finishing', state)
      if (hasText(content)) state.messages.push({ role: 'assistant', content })
      say(state, GO_ON)
      return null
    case 'pause_turn':
      if (content.length === 0 || !chance(state, stop)) {
        return failed('the model paused and did not go on', state)
      }
      state.messages.push({ role: 'assistant', content })
      return null
    case 'refusal':
      // Within the same context it would go on refusing; a fresh one may not.
      if (!chance(state, stop)) return failed('the model declined to review this change', state)
      return restart(talk, state, 1)
    case 'model_context_window_exceeded':
      if (!chance(state, stop)) return cut('the change does not fit into the model', state)
      return restart(talk, state, 0.4)
    case 'unknown':
      return failed('the model stopped for an unknown reason', state)
  }
}

function restart(talk: Conversation, state: State, share: number): null {
  state.prompt = talk.promptOf(share)
  state.messages = opening(state.prompt)
  talk.tally.last = null
  return null
}

/** A second chance that is given once. */
function chance(state: State, reason: string): boolean {
  if (state.used.has(reason)) return false
  state.used.add(reason)
  return true
}

/** Adds our words to the last message if it is ours: the API wants roles to take turns. */
function say(state: State, text: string): void {
  const block: ModelBlock = { type: 'text', text }
  const last = state.messages.at(-1)
  if (last?.role !== 'user') state.messages.push({ role: 'user', content: [block] })
  else state.messages[state.messages.length - 1] = { ...last, content: [...last.content, block] }
}

/** An answer of thinking alone, or of nothing, cannot be sent back. */
function hasText(content: readonly ModelBlock[]): boolean {
  return (
    content.some((block) => block.type === 'text' && block.text.trim() !== '') &&
    content.every((block) => block.type !== 'tool_use')
  )
}

function cut(because: string, state: State): Ending {
  return { kind: 'cut', because, diff: state.prompt.diff }
}

function failed(because: string, state: State): Ending {
  return { kind: 'failed', because, diff: state.prompt.diff }
}

/** A message to or from the model, in the shape of the Messages API, kept as it came. */
export type ModelBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use'
      readonly id: string
      readonly name: string
      readonly input: unknown
    }
  | {
      readonly type: 'tool_result'
      readonly tool_use_id: string
      readonly content: string
      readonly is_error: boolean
    }
  /** Thinking and other blocks that must go back unchanged and are never read. */
  | { readonly type: 'opaque'; readonly raw: unknown }

export interface ModelMessage {
  readonly role: 'user' | 'assistant'
  readonly content: readonly ModelBlock[]
}

/** A tool as the model sees it. */
export interface ModelTool {
  readonly name: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
}

/** One turn that is asked of the model. `system` blocks are cached, the stable ones first. */
export interface ModelRequest {
  readonly model: string
  readonly maxTokens: number
  readonly system: readonly string[]
  readonly tools: readonly ModelTool[]
  readonly messages: readonly ModelMessage[]
  /** Whether a cheaper model is enough, should another service have to answer. */
  readonly light?: boolean
}

/** Tokens of one call, as counted by the other side. */
export interface TurnUsage {
  readonly inputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
}

export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded'
  | 'unknown'

/**
 * What one turn gave. `transient` may work later (`retryAfterMs` is the other side's wish),
 * `account` concerns every request (key, billing, retired model), `request` only this one.
 */
export type ModelTurn =
  | {
      readonly kind: 'answered'
      readonly stop: StopReason
      readonly content: readonly ModelBlock[]
      readonly usage: TurnUsage
      /** Who answered; left out where it is the model that was asked. */
      readonly model?: string
      readonly requestId: string | null
    }
  | {
      readonly kind: 'failed'
      readonly failure: 'transient' | 'account' | 'request'
      readonly message: string
      readonly retryAfterMs: number | null
      readonly usage: TurnUsage | null
      readonly requestId: string | null
    }

/** One model turn. The loop around it, its limits and its transcript are ours. */
export interface Model {
  /** The models that a request may end up with, for its price; left out where it is the one asked. */
  mayAnswer?(request: Pick<ModelRequest, 'model' | 'light'>): readonly string[]
  turn(request: ModelRequest, signal: AbortSignal): Promise<ModelTurn>
}

/**
 * A service, or whatever stands before it, may ask for days: after so many milliseconds it is asked
 * again.
 */
export const LONGEST_REST_MS = 600_000

/** How long a service has asked to be left alone, known to all processes that share a store. */
export interface ServiceRest {
  /** Milliseconds that it still rests, as far as this process has heard; 0 when it does not. */
  left(): number
  /** It rests for so many milliseconds from now; a longer rest stays. */
  rest(forMs: number): Promise<void>
}

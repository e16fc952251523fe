/** Where one review by the agent ends, whatever happens. */
export interface AgentLimits {
  readonly turns: number
  readonly toolCalls: number
  /** Input, cached and output tokens of all turns together. */
  readonly tokens: number
  readonly wallMs: number
  /** Output tokens of one turn, thinking included. */
  readonly turnTokens: number
  /** Tokens that the diff may take in the prompt. */
  readonly diffTokens: number
}

export const DEFAULT_LIMITS: AgentLimits = {
  turns: 24,
  toolCalls: 120,
  tokens: 3_000_000,
  wallMs: 15 * 60_000,
  turnTokens: 16_000,
  diffTokens: 80_000,
}

/** Where one review by the agent ends, whatever happens. */
export interface AgentLimits {
  readonly turns: number
  readonly toolCalls: number
  /** Input, cached and output tokens of all turns together. */
  readonly tokens: number
  readonly wallMs: number
  /** Output tokens of one turn, thinking included. */
  readonly turnTokens: number
  /** Tokens that the diff may take in all prompts together. */
  readonly diffTokens: number
  /** Tokens of diff from which on a change is reviewed in several conversations. */
  readonly partTokens: number
  /** Conversations at the same time. */
  readonly parallel: number
}

export const DEFAULT_LIMITS: AgentLimits = {
  turns: 24,
  toolCalls: 120,
  tokens: 3_000_000,
  wallMs: 15 * 60_000,
  turnTokens: 16_000,
  diffTokens: 96_000,
  partTokens: 24_000,
  parallel: 4,
}

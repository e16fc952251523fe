import type { Agent } from '#core/agent/agent'
import type { Background } from '#core/agent/background'
import type { FileDiff } from '#core/diff/diff'
import type { Bundle } from '#core/filter/bundles'
import type { Selection } from '#core/filter/selection'
import type { Claim, Finding } from '#core/findings/finding'
import type { MemoryFile } from '#core/memory/memory'
import type { Settings } from '#core/settings/settings'
import type { AgentLimits } from '#flow/agent-limits'
import type { TurnNeeds } from '#flow/ask-turn'
import type { Contents, Scan } from '#flow/ports'

/** What asking the agent needs of the world. */
export interface AskNeeds extends TurnNeeds {
  readonly contents: Contents
  readonly scan: Pick<Scan, 'search' | 'syntaxErrors'>
}

/** One question to the agent: the change, what is known about it, and who asks. */
export interface Ask {
  readonly agent: Agent
  /** The model's id, with aliases resolved. */
  readonly model: string
  /** The id of a cheaper model, for second opinions. */
  readonly lightModel: string
  readonly title: string
  readonly description: string
  readonly base: string
  readonly head: string
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly bundles: readonly Bundle[]
  /** What the deterministic rules found. */
  readonly evidence: readonly Claim[]
  /** Open findings of earlier reviews of this pull request, of the agent alone. */
  readonly earlier: readonly Finding[]
  /** Selected files that were judged before and are as they were. */
  readonly reviewedBefore: number
  /** What the deterministic parts know around the change. */
  readonly background: Background
  /**
   * The notes at the base: the loaded index, the topics that concern this change, all files; and the
   * facts that wait for this pull request to merge.
   */
  readonly memory: {
    readonly index: string
    readonly recalled: readonly MemoryFile[]
    readonly files: readonly MemoryFile[]
    readonly noted: readonly string[]
  }
  readonly settings: Pick<Settings, 'instructions' | 'path_instructions' | 'memory'>
  /** Masks secrets and keeps the number of lines. */
  readonly redact: (text: string) => string
  /** Random hex digits, new in every run. */
  readonly delimiter: string
  readonly limits?: Partial<AgentLimits>
  /** Aborting throws the signal's reason; what was used until then is settled. */
  readonly signal: AbortSignal
}

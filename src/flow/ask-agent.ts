import type { Agent } from '#core/agent/agent'
import { buildPrompt, type Prompt } from '#core/agent/build-prompt'
import type { FileDiff } from '#core/diff/diff'
import type { Bundle } from '#core/filter/bundles'
import type { Selection } from '#core/filter/selection'
import type { Claim } from '#core/findings/finding'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import type { Usage } from '#core/report/report'
import type { Settings } from '#core/settings/settings'
import { coverageOf, type FileCoverage } from '#flow/agent-coverage'
import { type AgentLimits, DEFAULT_LIMITS } from '#flow/agent-limits'
import type { Closing, Dismissal } from '#flow/agent-reporting'
import { type AgentTools, createAgentTools } from '#flow/agent-tools'
import { createTally, type Tally, type TurnNeeds } from '#flow/ask-turn'
import { converse, type Ending } from '#flow/converse'
import type { Contents, Scan } from '#flow/ports'

/** What asking the agent needs of the world. */
export interface AskNeeds extends TurnNeeds {
  readonly contents: Contents
  readonly scan: Pick<Scan, 'search'>
}

/** One question to the agent: the change, what is known about it, and who asks. */
export interface Ask {
  readonly agent: Agent
  /** The model's id, with aliases resolved. */
  readonly model: string
  readonly title: string
  readonly description: string
  readonly base: string
  readonly head: string
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly bundles: readonly Bundle[]
  /** What the deterministic rules found. */
  readonly evidence: readonly Claim[]
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

/** What the agent gave. `partial` says why the review is not complete; its claims hold anyway. */
export type AgentOutcome =
  | {
      readonly kind: 'answered'
      readonly claims: readonly Claim[]
      readonly dismissed: readonly Dismissal[]
      readonly edits: readonly MemoryEdit[]
      readonly closing: Closing | null
      readonly usage: Usage
      readonly requestIds: readonly string[]
      /** One entry for each selected file. */
      readonly coverage: ReadonlyMap<string, FileCoverage>
      readonly partial: string | null
    }
  | {
      readonly kind: 'unavailable'
      readonly failure: 'transient' | 'account'
      readonly because: string
      readonly retryAfterMs: number | null
      readonly usage: Usage
    }

/** Asks the agent to review a change, and checks everything that it says. */
export async function askAgent(needs: AskNeeds, ask: Ask): Promise<AgentOutcome> {
  const limits = { ...DEFAULT_LIMITS, ...ask.limits }
  const asked = ask.agent.header.maxTurns
  const turns = Math.min(limits.turns, asked ?? limits.turns)
  const tools = createAgentTools({
    ...ask,
    contents: needs.contents,
    scan: needs.scan,
    memory: ask.memory.files,
    remembers: ask.settings.memory.mode !== 'off',
  })
  const promptOf = (share: number): Prompt =>
    buildPrompt({
      ...ask,
      agentBody: ask.agent.body,
      memoryIndex: ask.memory.index,
      recalled: ask.memory.recalled,
      noted: ask.memory.noted,
      diffTokens: Math.floor(limits.diffTokens * share),
    })
  const tally = createTally()
  const ending = await converse(needs, {
    model: ask.model,
    tools,
    promptOf,
    limits: { ...limits, turns },
    tally,
    signal: ask.signal,
  })
  return outcomeOf(ask, tools, tally, ending)
}

function outcomeOf(ask: Ask, tools: AgentTools, tally: Tally, ending: Ending): AgentOutcome {
  if (ending.kind === 'unavailable') {
    const { failure, because, retryAfterMs } = ending
    return { kind: 'unavailable', failure, because, retryAfterMs, usage: tally.usage }
  }
  const { reporting, reading, memory } = tools
  const closing = reporting.closing()
  const coverage = coverageOf({
    selection: ask.selection,
    diff: ending.diff,
    ending,
    read: reading.readPaths(),
    notReviewed: closing?.not_reviewed ?? [],
  })
  const edits = memory.edits()
  return {
    kind: 'answered',
    claims: reporting.claims(),
    dismissed: reporting.dismissed(),
    edits,
    closing,
    usage: tally.usage,
    requestIds: tally.requestIds,
    coverage,
    partial: ending.kind === 'finished' ? null : ending.because,
  }
}

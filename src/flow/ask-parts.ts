import { buildPrompt, type Prompt } from '#core/agent/build-prompt'
import { canBeShown } from '#core/agent/pack-diffs'
import { type Part, splitParts } from '#core/agent/split-parts'
import type { FileDiff } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import type { Claim, Finding } from '#core/findings/finding'
import type { AgentLimits } from '#flow/agent-limits'
import type { Ask } from '#flow/ask'

/** One conversation's share of a question. */
export interface AskPart {
  readonly selection: Selection
  readonly files: readonly FileDiff[]
  /** What the rules found in these files; `E1` is the first. */
  readonly evidence: readonly Claim[]
  /** What is open of earlier reviews in these files; `P1` is the first. */
  readonly earlier: readonly Finding[]
  /** The prompt with a share, 0 to 1, of the room for the diff. */
  readonly promptOf: (share: number) => Prompt
}

/** Whether there is anything to ask: a file to look at, or a finding to confirm. */
export function isWorthAsking({ files, evidence, earlier }: Ask): boolean {
  return files.some(canBeShown) || evidence.length + earlier.length > 0
}

/** Splits a question into what each conversation is asked; a change of ordinary size is one. */
export function askParts(ask: Ask, limits: AgentLimits): readonly AskPart[] {
  const parts = splitParts({ ...ask, ...limits })
  const paths = parts.map((part) => part.paths)
  return parts.map((part, index) => partOf(ask, part, { parts: paths, part: index }))
}

function partOf(
  ask: Ask,
  { paths, diffTokens }: Part,
  place: { readonly parts: readonly (readonly string[])[]; readonly part: number },
): AskPart {
  const own = new Set(paths)
  const selected = ask.selection.filter(({ decision }) => decision === 'selected')
  const selection = selected.filter(({ path }) => own.has(path))
  const files = ask.files.filter(({ path }) => own.has(path))
  const evidence = ask.evidence.filter(({ path }) => own.has(path) || place.parts.length === 1)
  const earlier = ask.earlier.filter(({ path }) => own.has(path) || place.parts.length === 1)
  return {
    selection,
    files,
    evidence,
    earlier,
    promptOf: (share) =>
      buildPrompt({
        ...ask,
        ...place,
        agentBody: ask.agent.body,
        memoryIndex: ask.memory.index,
        recalled: ask.memory.recalled,
        noted: ask.memory.noted,
        changedFiles: ask.selection.length,
        others: ask.selection.length - selected.length,
        files,
        selection,
        evidence,
        earlier,
        diffTokens: Math.floor(diffTokens * share),
      }),
  }
}

import type { Refuted } from '#core/agent/refutation'
import type { Claim } from '#core/findings/finding'
import type { MemoryEdit } from '#core/memory/memory'
import type { Usage } from '#core/report/report'
import { coverageOf, type FileCoverage } from '#flow/agent-coverage'
import type { Dismissal, Mended } from '#flow/agent-dismissals'
import { type AgentLimits, DEFAULT_LIMITS } from '#flow/agent-limits'
import type { Closing } from '#flow/agent-reporting'
import { type AgentTools, createAgentTools } from '#flow/agent-tools'
import type { Ask, AskNeeds } from '#flow/ask'
import { type AskPart, askParts } from '#flow/ask-parts'
import { createTally, type Tally } from '#flow/ask-turn'
import { checkSuggestions } from '#flow/check-suggestions'
import { converse, type Ending } from '#flow/converse'
import type { RefusedFinding } from '#flow/refused-findings'
import { refuteClaims, type SecondOpinion } from '#flow/refute-claims'
import { synthesize } from '#flow/synthesize'

/** What the agent gave. `partial` says why the review is not complete; its claims hold anyway. */
export type AgentOutcome =
  | {
      readonly kind: 'answered'
      /** What was reported, without what a second opinion refuted. */
      readonly claims: readonly Claim[]
      /** Claims that a second opinion could not confirm: said after the others of their severity. */
      readonly doubted: ReadonlySet<Claim>
      readonly refuted: readonly Refuted[]
      /** Why no second opinion was had; null when all is well. */
      readonly unchecked: string | null
      readonly dismissed: readonly Dismissal[]
      /** Earlier findings that were shown to be mended. */
      readonly mended: readonly Mended[]
      /** Reports that could not be taken and were not mended. */
      readonly refused: readonly RefusedFinding[]
      readonly edits: readonly MemoryEdit[]
      readonly closing: Closing | null
      readonly usage: Usage
      readonly requestIds: readonly string[]
      /** The models that answered. */
      readonly answeredBy: readonly string[]
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

/** What came of one part of the question. */
interface PartResult {
  readonly part: AskPart
  readonly tools: AgentTools
  readonly ending: Ending
  readonly opinion: SecondOpinion
  /** Claims whose suggestion was mended or moved. */
  readonly fitted: ReadonlyMap<Claim, Claim>
}

/** Asks the agent to review a change, and checks everything that it says. */
export async function askAgent(needs: AskNeeds, ask: Ask): Promise<AgentOutcome> {
  const all = { ...DEFAULT_LIMITS, ...ask.limits }
  const turns = Math.min(all.turns, ask.agent.header.maxTurns ?? all.turns)
  const limits = { ...all, turns }
  const parts = askParts(ask, limits)
  const tally = createTally()
  const first = toolsOf(needs, ask, parts[0])
  const results: PartResult[] = []
  // The first answer makes the common prefix readable for the others; only then they start.
  const warm = Promise.withResolvers<void>()
  const lanes = Array.from({ length: Math.min(limits.parallel, parts.length) }, async (_, lane) => {
    if (lane > 0) await warm.promise
    for (let index = lane; index < parts.length; index += limits.parallel) {
      const part = parts[index]
      if (part === undefined) return
      const tools = index === 0 ? first : toolsOf(needs, ask, part, first)
      const talk = { needs, ask, limits, tally, onAnswer: warm.resolve }
      results[index] = await reviewPart(talk, part, tools)
      warm.resolve()
    }
  })
  await Promise.all(lanes.map((lane) => lane.catch(passOn(warm.resolve))))
  const unavailable = results.find(({ ending }) => ending.kind === 'unavailable')?.ending
  if (unavailable?.kind === 'unavailable') {
    const { failure, because, retryAfterMs } = unavailable
    return { kind: 'unavailable', failure, because, retryAfterMs, usage: tally.sum.usage }
  }
  const closing = await synthesize(needs, ask, {
    closings: results.flatMap(({ tools }) => tools.reporting.closing() ?? []),
    claims: results.flatMap(({ tools }) => tools.reporting.claims()),
    system: parts[0]?.promptOf(0).system ?? [],
    tools: first,
    parts: parts.length,
    tally,
  })
  return outcomeOf(results, closing, tally)
}

/** One lane's failure ends the review, but first lets the others see that they need not wait. */
function passOn(release: () => void): (failure: unknown) => never {
  return (failure) => {
    release()
    throw failure
  }
}

function toolsOf(
  needs: AskNeeds,
  ask: Ask,
  part: AskPart | undefined,
  shared?: AgentTools,
): AgentTools {
  return createAgentTools({
    ...ask,
    evidence: part?.evidence ?? [],
    earlier: part?.earlier ?? [],
    contents: needs.contents,
    scan: needs.scan,
    memory: ask.memory.files,
    remembers: ask.settings.memory.mode !== 'off',
    ...(shared === undefined ? {} : { shared }),
  })
}

interface Talk {
  readonly needs: AskNeeds
  readonly ask: Ask
  readonly limits: AgentLimits
  readonly tally: Tally
  readonly onAnswer: () => void
}

async function reviewPart(
  { needs, ask, limits, tally, onAnswer }: Talk,
  part: AskPart,
  tools: AgentTools,
): Promise<PartResult> {
  const ending = await converse(needs, {
    model: ask.model,
    tools,
    promptOf: part.promptOf,
    limits,
    tally: createTally(tally),
    signal: ask.signal,
    onAnswer,
  })
  const { reporting, reading } = tools
  const claims = ending.kind === 'unavailable' ? [] : reporting.claims()
  const [opinion, fitted] = await Promise.all([
    refuteClaims(needs, {
      ...ask,
      claims,
      model: ask.lightModel,
      knowledgeOf: reporting.knowledgeOf,
      lines: reading.lines,
      tally: createTally(tally),
    }),
    checkSuggestions({ scan: needs.scan, files: ask.files, lines: reading.lines }, claims),
  ])
  return { part, tools, ending, opinion, fitted }
}

function outcomeOf(
  results: readonly PartResult[],
  closing: Closing | null,
  { sum }: Tally,
): AgentOutcome {
  const opinions = results.map(({ opinion }) => opinion)
  const doubted = new Set(opinions.flatMap((one) => [...one.doubted]))
  const fitted = new Map(results.flatMap((one) => [...one.fitted]))
  const asFitted = (claim: Claim) => fitted.get(claim) ?? claim
  const refuted = opinions.flatMap((one) => one.refuted)
  const dropped = new Set(refuted.flatMap(({ claim }) => (doubted.has(claim) ? [] : [claim])))
  const reasons = results.flatMap(({ ending }) =>
    ending.kind === 'cut' || ending.kind === 'failed' ? [ending.because] : [],
  )
  const unchecked = opinions.flatMap(({ failed }) => failed ?? [])
  return {
    kind: 'answered',
    claims: results
      .flatMap(({ tools }) => tools.reporting.claims())
      .filter((claim) => !dropped.has(claim))
      .map(asFitted),
    doubted: new Set([...doubted].map(asFitted)),
    refuted,
    unchecked: unchecked[0] ?? null,
    dismissed: results.flatMap(({ tools }) => tools.reporting.dismissed()),
    mended: results.flatMap(({ tools }) => tools.reporting.mended()),
    refused: results.flatMap(({ tools }) => tools.refused()),
    edits: results[0]?.tools.memory.edits() ?? [],
    closing,
    usage: sum.usage,
    requestIds: sum.requestIds,
    answeredBy: [...sum.answeredBy],
    coverage: new Map(results.flatMap((result) => [...coverageOfPart(result)])),
    partial: reasons.length === 0 ? null : [...new Set(reasons)].join('; '),
  }
}

function coverageOfPart({ part, tools, ending }: PartResult): ReadonlyMap<string, FileCoverage> {
  if (ending.kind === 'unavailable') return new Map()
  return coverageOf({
    selection: part.selection,
    diff: ending.diff,
    ending,
    read: tools.reading.readPaths(),
    notReviewed: tools.reporting.closing()?.not_reviewed ?? [],
  })
}

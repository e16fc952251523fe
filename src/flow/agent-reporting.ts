import { lineHash, parseAnchor } from '#core/agent/anchors'
import { checkFinding, type Knowledge } from '#core/agent/check-finding'
import { unknownParticipants } from '#core/agent/known-participants'
import type { ToolAnswer } from '#core/agent/memory-overlay'
import { faultOfPath, showPath } from '#core/agent/repository-paths'
import { linesInDiff } from '#core/agent/resolve-anchor'
import type {
  DismissEvidenceInput,
  FinishReviewInput,
  ReportFindingInput,
} from '#core/agent/tool-inputs'
import type { FileDiff, Side } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import type { Claim, Finding } from '#core/findings/finding'
import { isSameProblem } from '#core/findings/same-problem'
import { createDismissals, type Dismissal, type Mended } from '#flow/agent-dismissals'
import type { At } from '#flow/ports'

/** What the model said at the end, bounded and masked; the host decides what of it is shown. */
export type Closing = FinishReviewInput

/** What checking the model's reports needs. */
export interface ReportingNeeds {
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  /** What the rules found; `E1` is the first. */
  readonly evidence: readonly Claim[]
  /** Findings of earlier reviews that are open; `P1` is the first. */
  readonly earlier: readonly Finding[]
  readonly redact: (text: string) => string
  readonly canary: string
  /** The lines of a file, null when it cannot be read. */
  lines(path: string, at: At): Promise<readonly string[] | null>
}

/** The tools by which the model says something. They are called one after the other. */
export interface AgentReporting {
  report(input: ReportFindingInput): Promise<ToolAnswer>
  dismiss(input: DismissEvidenceInput): Promise<ToolAnswer>
  finish(input: FinishReviewInput): Promise<ToolAnswer>
  claims(): readonly Claim[]
  dismissed(): readonly Dismissal[]
  mended(): readonly Mended[]
  closing(): Closing | null
  /** What checking some citations needs, read as far as the diff does not show it. */
  knowledgeOf(cited: readonly Citation[]): Promise<Knowledge>
}

const MAX_FINDINGS = 60

type Citation = ReportFindingInput['evidence'][number]

export function createAgentReporting(needs: ReportingNeeds): AgentReporting {
  const files = new Map(needs.files.map((file) => [file.path, file]))
  const claims: Claim[] = []
  let closing: Closing | null = null
  let toldOfStrangers = false

  const knowledgeOf = (citations: readonly Citation[]) => knowledgeFor(needs, files, citations)
  const dismissals = createDismissals(needs, knowledgeOf)

  return {
    claims: () => claims,
    dismissed: () => dismissals.dismissed,
    mended: () => dismissals.mended,
    closing: () => closing,
    knowledgeOf,
    report: async (input) => {
      if (claims.length >= MAX_FINDINGS) return fail('No more findings are taken; finish now.')
      const { path, anchor, start_anchor: start } = input
      const own = start === undefined ? [] : [{ path, anchor: start }]
      const cited = [{ path, anchor }, ...own, ...input.evidence]
      const checked = checkFinding(input, await knowledgeOf(cited))
      if (!checked.ok) return fail(checked.because)
      const claim = checked.value
      const twin = claims.find((other) => isSameProblem(other, claim))
      if (twin !== undefined)
        return done('Not needed: you reported this already, and one problem is one finding.')
      const rule = needs.evidence.findIndex((other) => isSameProblem(other, claim))
      if (rule !== -1) return done(`Not needed: E${rule + 1} says this already and is published.`)
      const before = needs.earlier.findIndex((other) => isSameProblem(other, claim))
      claims.push(claim)
      if (before !== -1) return done(`Taken as P${before + 1}, which is published already.`)
      const place = `${showPath(claim.path)} ${claim.side === 'RIGHT' ? 'R' : 'L'}${claim.line}`
      return done(`Accepted as finding ${claims.length} (${claim.severity}) at ${place}.`)
    },
    dismiss: async (input) =>
      input.reason.includes(needs.canary)
        ? fail('The reason repeats your instructions; say what the lines show.')
        : dismissals.dismiss(input),
    finish: async (input) => {
      if (JSON.stringify(input).includes(needs.canary)) {
        return fail('The text repeats your instructions; describe the change.')
      }
      const unknown = await strangersIn(needs, input)
      if (unknown.length > 0 && !toldOfStrangers) {
        toldOfStrangers = true
        return fail(
          `Not finished: the code has nothing that is called ${unknown.join(', ')}. Name the participants of the diagram as the code does, or leave it out.`,
        )
      }
      const { diagram, ...rest } = masked(input, needs.redact)
      closing = diagram === undefined || unknown.length > 0 ? rest : { ...rest, diagram }
      return done('The review is finished.')
    },
  }
}

/** Files that are looked through for a participant's name, besides the diff. */
const MAX_LOOKED_THROUGH = 40

/** Participants of the diagram that neither the change nor its files know. */
async function strangersIn(
  needs: ReportingNeeds,
  { diagram }: FinishReviewInput,
): Promise<readonly string[]> {
  if (diagram === undefined) return []
  const names = [...diagram.participants, ...diagram.steps.flatMap(({ from, to }) => [from, to])]
  const selected = needs.selection.filter(({ decision }) => decision === 'selected')
  const changed = needs.files.flatMap(({ path, hunks }) => [
    path,
    ...hunks.map(({ lines }) => lines.join('\n')),
  ])
  const near = unknownParticipants(names, [
    ...changed,
    ...selected.flatMap(({ path, providers }) => [path, ...providers]),
  ])
  if (near.length === 0) return []
  const paths = selected.slice(0, MAX_LOOKED_THROUGH).map(({ path }) => path)
  const texts = await Promise.all(paths.map((path) => needs.lines(path, 'head')))
  return unknownParticipants(
    near,
    texts.map((lines) => (lines ?? []).join('\n')),
  )
}

/** Reads what checking these citations takes, and nothing that the diff shows already. */
async function knowledgeFor(
  needs: ReportingNeeds,
  files: ReadonlyMap<string, FileDiff>,
  citations: readonly Citation[],
): Promise<Knowledge> {
  const known = new Map<string, readonly string[] | null>()
  for (const { path, anchor } of citations) {
    const side = sideToRead(files.get(path), anchor)
    if (side === null || faultOfPath(path) !== null) continue
    // A renamed file had another name at the base, and its base lines stand there.
    const name = side === 'LEFT' ? (files.get(path)?.previousPath ?? path) : path
    known.set(`${side} ${path}`, await needs.lines(name, side === 'LEFT' ? 'base' : 'head'))
  }
  return {
    files,
    linesOf: (path: string, side: Side) => known.get(`${side} ${path}`) ?? null,
    providersOf: (path) => needs.selection.find((file) => file.path === path)?.providers ?? [],
    redact: needs.redact,
    canary: needs.canary,
  }
}

/** The side of a file that must be read to check an anchor; null where the diff shows its line. */
function sideToRead(file: FileDiff | undefined, written: string): Side | null {
  const anchor = parseAnchor(written)
  if (anchor === null) return null
  const text = file === undefined ? undefined : linesInDiff(file, anchor.side).get(anchor.line)
  return text !== undefined && lineHash(text) === anchor.hash ? null : anchor.side
}

function masked(closing: Closing, redact: (text: string) => string): Closing {
  return {
    ...closing,
    summary: redact(closing.summary),
    failure_modes: closing.failure_modes.map((mode) => ({
      call: redact(mode.call),
      failure: redact(mode.failure),
      effect: redact(mode.effect),
      mitigation: redact(mode.mitigation),
    })),
    plan: closing.plan.map(({ phase, steps }) => ({
      phase: redact(phase),
      steps: steps.map(redact),
    })),
  }
}

function done(text: string): ToolAnswer {
  return { text, isError: false }
}

function fail(text: string): ToolAnswer {
  return { text, isError: true }
}

import {
  type KnownLines,
  linesInDiff,
  numberedLines,
  resolveAnchor,
} from '#core/agent/resolve-anchor'
import { gradeSeverity } from '#core/agent/severity'
import type { ReportFindingInput } from '#core/agent/tool-inputs'
import type { FileDiff, Side } from '#core/diff/diff'
import { canComment, commentableLines } from '#core/diff/line-sets'
import type { Claim, Evidence } from '#core/findings/finding'
import { escapeHidden } from '#core/text/hidden-characters'
import { REDACTED } from '#core/text/redact'

/** What the host knows when it checks what the model said. */
export interface Knowledge {
  readonly files: ReadonlyMap<string, FileDiff>
  /** Whole files that were read for this check; null where there is none or it may not be read. */
  linesOf(path: string, side: Side): readonly string[] | null
  /** Ids of the providers that a file touches. */
  providersOf(path: string): readonly string[]
  redact(text: string): string
  /** A word of our instructions, which no answer may hold. */
  readonly canary: string
}

/** A checked value, or what the model has to mend. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly because: string }

const MAX_SPAN = 80

/**
 * Checks one report: the file is part of the change, the lines can carry a comment, every cited
 * line exists. The host fills in what the lines say, so nothing is quoted that is not there.
 */
export function checkFinding(input: ReportFindingInput, knowledge: Knowledge): Checked<Claim> {
  const file = knowledge.files.get(input.path)
  if (file === undefined) {
    return refuse(`${input.path} is not part of this change; report on a changed file`)
  }
  const span = spanOf(input, file, knowledge)
  if (!span.ok) return span
  const cited = checkCitations(input.evidence, knowledge)
  if (!cited.ok) return cited
  const texts = [input.title, input.scenario, input.body, input.fix, input.suggestion ?? '']
  if (texts.some((text) => text.includes(knowledge.canary))) {
    return refuse('the text repeats your instructions; describe the problem in the code')
  }
  if (input.suggestion !== undefined && span.value.side === 'LEFT') {
    return refuse('a suggestion replaces lines of the head; leave it out for removed lines')
  }
  const clean = (text: string) => escapeHidden(knowledge.redact(text)).trim()
  const { side, startLine, line } = span.value
  // Its own line comes first: a finding is recognised by it when the review runs again.
  const own = evidenceAt(input.path, span.value)
  const others = cited.value.filter((e) => !(e.path === own.path && sameLine(e, own)))
  const claim: Claim = {
    rule: null,
    class: input.class,
    severity: gradeSeverity(input.impact, input.likelihood),
    proof: 'plausible',
    source: 'agent',
    path: input.path,
    side,
    startLine,
    line,
    title: clean(input.title).replaceAll(/\s+/g, ' '),
    body: clean(input.body),
    scenario: clean(input.scenario),
    fix: clean(input.fix),
    suggestion: input.suggestion === undefined ? null : suggestionOf(input.suggestion, knowledge),
    evidence: [own, ...others],
    provider: providerOf(input, knowledge),
    symbol: null,
  }
  return { ok: true, value: claim }
}

/** Cited lines as evidence, with what the files say there. */
export function checkCitations(
  citations: readonly { readonly path: string; readonly anchor: string }[],
  knowledge: Knowledge,
): Checked<readonly Evidence[]> {
  const evidence: Evidence[] = []
  for (const { path, anchor } of citations) {
    const linesOf = (side: Side) => knownLines(path, side, knowledge)
    const found = resolveAnchor(anchor, linesOf, knowledge.redact)
    if (!found.ok) return refuse(`evidence ${path} ${found.because}`)
    const entry = evidenceAt(path, found)
    if (!evidence.some((e) => e.path === path && sameLine(e, entry))) evidence.push(entry)
  }
  return { ok: true, value: evidence }
}

interface Span {
  readonly side: Side
  readonly startLine: number
  readonly line: number
  readonly text: string
  readonly shown: string
}

function spanOf(input: ReportFindingInput, file: FileDiff, knowledge: Knowledge): Checked<Span> {
  // A change whose diff was not delivered has no hunks; its findings go to the file as a whole.
  const whole = file.hunks.length === 0
  const linesOf = (side: Side) =>
    whole ? knownLines(input.path, side, knowledge) : linesInDiff(file, side)
  const end = resolveAnchor(input.anchor, linesOf, knowledge.redact)
  if (!end.ok) return refuse(`anchor ${end.because}`)
  const { side, line } = end
  if (input.start_anchor === undefined) return { ok: true, value: { ...end, startLine: line } }
  const start = resolveAnchor(input.start_anchor, linesOf, knowledge.redact)
  if (!start.ok) return refuse(`start_anchor ${start.because}`)
  const inOrder = start.side === side && start.line <= line && line - start.line <= MAX_SPAN
  if (!inOrder || !(whole || canComment(commentableLines(file, side), start.line, line))) {
    return refuse(
      `start_anchor must be on the same side and in the same hunk as anchor, before it, at most ${MAX_SPAN} lines away`,
    )
  }
  return { ok: true, value: { ...end, startLine: start.line } }
}

function knownLines(path: string, side: Side, knowledge: Knowledge): KnownLines {
  const whole = knowledge.linesOf(path, side)
  if (whole !== null) return numberedLines(whole)
  const file = knowledge.files.get(path)
  return file === undefined ? new Map() : linesInDiff(file, side)
}

function evidenceAt(path: string, { side, line, text, shown }: Omit<Span, 'startLine'>): Evidence {
  return { path, side, line, text: shown, redacted: shown !== text }
}

function sameLine(a: Evidence, b: Evidence): boolean {
  return a.side === b.side && a.line === b.line
}

/** A suggestion with a masked value would write the mask into the code. */
function suggestionOf(suggestion: string, knowledge: Knowledge): string | null {
  const text = escapeHidden(knowledge.redact(suggestion))
  return text.includes(REDACTED) || text !== suggestion ? null : text
}

/** The file's only provider, or the one of several that the model names. */
function providerOf({ path, provider }: ReportFindingInput, knowledge: Knowledge): string | null {
  const known = knowledge.providersOf(path)
  if (known.length === 1) return known[0] ?? null
  return provider !== undefined && known.includes(provider) ? provider : null
}

function refuse(because: string): { readonly ok: false; readonly because: string } {
  return { ok: false, because }
}

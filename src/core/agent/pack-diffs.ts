import {
  type DiffPiece,
  type Pointed,
  piecesOf,
  pointedPieces,
  showPieces,
} from '#core/agent/diff-pieces'
import { estimateTokens } from '#core/agent/estimate-tokens'
import { isWithheld } from '#core/agent/repository-paths'
import type { FileDiff } from '#core/diff/diff'
import type { Bundle } from '#core/filter/bundles'
import { pathFacts } from '#core/filter/file-kind'
import type { FileDecision, Selection } from '#core/filter/selection'
import { type Claim, compareSeverity } from '#core/findings/finding'

/** A file whose diff is sent. */
interface ShownDiff {
  readonly path: string
  readonly text: string
  /** How much is sent, as `40 of 900 lines`; null for all of it. */
  readonly part: string | null
  /** What is missing and why, for the coverage ledger; null for nothing. */
  readonly cut: string | null
}

/** What of the selected files goes into the prompt, and what stays out and why. */
export interface PackedDiff {
  readonly shown: readonly ShownDiff[]
  readonly leftOut: readonly { readonly path: string; readonly because: string }[]
}

interface Packing {
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly bundles: readonly Bundle[]
  readonly evidence: readonly Claim[]
  readonly redact: (text: string) => string
  readonly diffTokens: number
}

/** A file that can be shown, and how much the review depends on it. */
interface Packable {
  readonly file: FileDiff
  readonly heading: string
  readonly weight: number
  readonly severity: number
  readonly score: number
  readonly pieces: readonly DiffPiece[]
  /** A program wrote it: what is about the integrations is all that there is to review. */
  readonly isExcerpt: boolean
}

/**
 * Packs the diffs of the selected files into a budget. Every file gets its share, by how much the
 * review depends on it, so that a small diff is always shown whole and a huge one takes what the
 * others leave; within a file what rules and filter pointed at comes first.
 *
 * Each piece has its place in one order, which neither names nor other files have a part in, and the
 * pieces are taken until one does not fit. So a larger budget or a file less only ever adds lines.
 */
export function packDiffs(packing: Packing): PackedDiff {
  const selected = selectedFiles(packing)
  const faults = new Map(selected.map(({ file }) => [file.path, faultOf(file)]))
  const claims = Map.groupBy(packing.evidence, ({ path }) => path)
  const packable = selected
    .filter(({ file }) => faults.get(file.path) === null)
    .map((one) => packableOf(one, claims.get(one.file.path) ?? [], packing.diffTokens))
  const kept = fill(packable, packing.diffTokens)
  const shown: ShownDiff[] = []
  const leftOut = [...faults].flatMap(([path, because]) =>
    because === null ? [] : [{ path, because }],
  )
  for (const one of together(packable.toSorted(byRisk), packing.bundles)) {
    const pieces = kept.get(one)
    if (pieces !== undefined) shown.push(show(one, pieces, packing.redact))
    else leftOut.push({ path: one.file.path, because: noneFits(linesIn(one.file)) })
  }
  return { shown, leftOut }
}

/** Tokens that everything that is shown of a file would take, at most `most`. */
export function fileTokens(file: FileDiff, decision: FileDecision, most: number): number {
  const pointed = pointedAt([], decision)
  if (faultOf(file) !== null) return 0
  const pieces = choosePieces(file, pointed, most)
  return Math.min(
    most,
    pieces.reduce((sum, { tokens }) => sum + tokens, HEADING_TOKENS),
  )
}

/** Whether the model may see anything of a file: credentials and what has no lines it may not. */
export const canBeShown = (file: FileDiff): boolean => faultOf(file) === null

interface Chosen {
  readonly file: FileDiff
  readonly decision: FileDecision
}

function selectedFiles({ files, selection }: Packing): readonly Chosen[] {
  const diffs = new Map(files.map((file) => [file.path, file]))
  return selection.flatMap((decision) => {
    const file = decision.decision === 'selected' ? diffs.get(decision.path) : undefined
    return file === undefined ? [] : [{ file, decision }]
  })
}

function faultOf(file: FileDiff): string | null {
  if (isWithheld(file.path)) return 'withheld, because such files hold credentials'
  if (file.content === 'binary') return 'binary'
  if (file.content === 'missing') return 'its diff was too large to be delivered'
  if (file.content === 'unreadable') return 'its diff cannot be read'
  return null
}

/** What a finding of each severity adds to the share of its file; the last is for none. */
const SHARES = [4, 3, 2, 1.5, 1] as const
const NO_FINDING = SHARES.length - 1

function packableOf(
  { file, decision }: Chosen,
  claims: readonly Claim[],
  budget: number,
): Packable {
  const severity = Math.min(
    NO_FINDING,
    ...claims.map((claim) => compareSeverity(claim.severity, 'critical')),
  )
  const { change, previousPath } = file
  return {
    file,
    heading: previousPath === null ? change : `${change} from ${previousPath}`,
    weight: (SHARES[severity] ?? 1) * Math.max(0.5, decision.score),
    severity,
    score: decision.score,
    pieces: choosePieces(file, pointedAt(claims, decision), budget),
    isExcerpt: isLockfile(file),
  }
}

/** Of a lock file the entries that the filter pointed at: a program wrote the others. */
function choosePieces(file: FileDiff, pointed: Pointed, budget: number): readonly DiffPiece[] {
  const entries = isLockfile(file) ? pointedPieces(file, pointed, LOCKFILE_TOKENS) : []
  return entries.length === 0 ? piecesOf(file, pointed, budget) : entries
}

const LOCKFILE_TOKENS = 2_000
const isLockfile = ({ path }: FileDiff) => pathFacts(path).kind === 'lockfile'

function pointedAt(claims: readonly Claim[], { reasons }: FileDecision): Pointed {
  const lines = (side: Claim['side']) =>
    claims.flatMap((one) => (one.side === side ? [one.startLine, one.line] : []))
  const reasoned = reasons.flatMap(({ line }) => line ?? [])
  return { LEFT: new Set(lines('LEFT')), RIGHT: new Set([...lines('RIGHT'), ...reasoned]) }
}

/** The most severe findings first, then the surest selections, then in the order of the change. */
const byRisk = (a: Packable, b: Packable) => a.severity - b.severity || b.score - a.score

/** What frames a file in the prompt, its name included. */
const HEADING_TOKENS = 60

/** The files of one bundle follow its riskiest one. */
function together(sorted: readonly Packable[], bundles: readonly Bundle[]): readonly Packable[] {
  const bundleOf = new Map(
    bundles.flatMap((bundle) => bundle.files.map(({ path }) => [path, bundle] as const)),
  )
  const groups = Map.groupBy(sorted, (one) => bundleOf.get(one.file.path) ?? one)
  return [...groups.values()].flat()
}

/** One piece of a file, and how deep in it: tokens up to its end, in shares of the file. */
interface Step {
  readonly one: Packable
  readonly piece: DiffPiece | null
  readonly tokens: number
  readonly depth: number
}

function fill(packable: readonly Packable[], budget: number): ReadonlyMap<Packable, DiffPiece[]> {
  const steps = packable.flatMap(stepsOf).sort((a, b) => a.depth - b.depth || byRisk(a.one, b.one))
  const kept = new Map<Packable, DiffPiece[]>()
  let left = budget
  for (const { one, piece, tokens } of steps) {
    left -= tokens
    if (left < 0) break
    const pieces = kept.get(one) ?? []
    if (piece !== null) pieces.push(piece)
    kept.set(one, pieces)
  }
  return kept
}

function stepsOf(one: Packable): readonly Step[] {
  const steps: Step[] = []
  let sum = estimateTokens(one.heading) + HEADING_TOKENS
  let before = 0
  // A file that was only renamed has a heading to show.
  for (const piece of one.pieces.length === 0 ? [null] : one.pieces) {
    sum += piece?.tokens ?? 0
    steps.push({ one, piece, tokens: sum - before, depth: sum / one.weight })
    before = sum
  }
  return steps
}

function show(
  { file, heading, pieces: all, isExcerpt }: Packable,
  pieces: readonly DiffPiece[],
  redact: (text: string) => string,
): ShownDiff {
  const total = linesIn(file)
  const sent = pieces.reduce((sum, { from, to }) => sum + to - from, 0)
  const part = sent === total ? null : `${sent} of ${total} lines`
  const whole = isExcerpt && pieces.length === all.length
  return {
    path: file.path,
    text: [heading, ...showPieces(file, pieces, redact)].join('\n'),
    part,
    cut: part === null || whole ? null : `only ${part} of its diff fitted into the budget`,
  }
}

function noneFits(total: number): string {
  return `none of the ${total} lines of its diff fitted into the budget`
}

function linesIn({ hunks }: FileDiff): number {
  return hunks.reduce((sum, { lines }) => sum + lines.length, 0)
}

import type { FileDiff } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import { type Claim, compareSeverity, type Finding } from '#core/findings/finding'
import type { FirstPaths } from '#core/findings/first-paths'
import { type KnownIds, placeOf } from '#core/findings/known-ids'
import { isSameProblem } from '#core/findings/same-problem'

interface Carrying {
  /** What the review before this one found. */
  readonly earlier: readonly Finding[]
  /** What the agent reports now. */
  readonly claims: readonly Claim[]
  readonly files: readonly FileDiff[]
  readonly firstPaths: FirstPaths
  /** The lines of a file at the head, null where they are not known. */
  readonly linesOf: (path: string) => readonly string[] | null
  /** Whether the agent looked at the whole of a file now. */
  readonly isJudged: (path: string) => boolean
  /** Ids of earlier findings that the agent showed to be mended. */
  readonly mended: ReadonlySet<string>
}

/** The agent's claims with those that still stand, and the identity of each that had one. */
export interface Carried {
  readonly claims: readonly Claim[]
  readonly ids: KnownIds
}

/**
 * What the agent found earlier and nobody mended stays found: an agent that does not say a thing
 * again has not shown that it is gone. It is gone when its lines changed, its file was looked at and
 * it was not found again, or when lines were cited that mend it. What is said again in other words keeps its old identity,
 * unless it became graver.
 */
export function carryForward(carrying: Carrying): Carried {
  const claims = [...carrying.claims]
  const taken = new Set<Claim>()
  const ids = new Map<string, string>()
  for (const finding of carrying.earlier) {
    if (finding.source !== 'agent' || isMended(finding, carrying)) continue
    const found = followed(
      finding,
      claims.filter((claim) => !taken.has(claim)),
      carrying,
    )
    if (found === null) continue
    const { claim, instead } = found
    if (instead === null) claims.push(claim)
    else claims[claims.indexOf(instead)] = claim
    taken.add(claim)
    ids.set(placeOf(claim), finding.id)
  }
  return { claims, ids }
}

/** A critical finding is gone when its line is, and not because a model says so. */
const isMended = ({ id, severity }: Finding, { mended }: Carrying) =>
  severity !== 'critical' && mended.has(id)

/** What became of an earlier finding; null where it is gone, or another one that is graver. */
function followed(
  finding: Finding,
  claims: readonly Claim[],
  carrying: Carrying,
): { readonly claim: Claim; readonly instead: Claim | null } | null {
  const file = fileOf(finding, carrying)
  if (file === undefined) return null
  const standing = standingClaim(finding, file, carrying)
  const twin = claims.find((claim) =>
    standing === null ? isSaidAgain(claim, finding, file) : isSameProblem(claim, standing.claim),
  )
  if (twin !== undefined) {
    const isGraver = compareSeverity(twin.severity, finding.severity) < 0
    return isGraver ? null : { claim: standing?.claim ?? twin, instead: twin }
  }
  if (carrying.isJudged(file.path)) {
    return standing === null || standing.changed ? null : { claim: standing.claim, instead: null }
  }
  // Nobody looked at what stands in the place of its line now, so nobody can say that it is gone.
  const claim = standing?.claim ?? unseenClaim(finding, file, carrying)
  return claim === null ? null : { claim, instead: null }
}

/** Lines between a finding whose line was rewritten and what is said of the new line. */
const NEAR = 6

/** Whether a report is about what stands now where an earlier finding's line stood. */
function isSaidAgain(claim: Claim, finding: Finding, file: FileDiff): boolean {
  if (claim.path !== file.path || claim.class !== finding.class) return false
  return claim.side === finding.side && Math.abs(claim.line - finding.line) <= NEAR
}

function fileOf(finding: Finding, { files, firstPaths }: Carrying): FileDiff | undefined {
  return files.find(
    ({ path, previousPath }) =>
      path === finding.path ||
      previousPath === finding.path ||
      firstPaths.get(path) === finding.path,
  )
}

/** An earlier finding where its line stands now; null where that line is gone. */
function standingClaim(
  finding: Finding,
  file: FileDiff,
  carrying: Carrying,
): { readonly claim: Claim; readonly changed: boolean } | null {
  const [own, ...others] = finding.evidence
  if (own === undefined) return null
  const line = lineOf(finding, file, carrying)
  if (line === null) return null
  const moved = line !== finding.line || file.path !== finding.path
  const claim = claimAt(finding, file.path, line)
  return {
    claim: {
      ...claim,
      // It was made for the lines as they stood, and they may have moved.
      suggestion: moved ? null : claim.suggestion,
      evidence: [{ ...own, path: file.path, line }, ...others],
    },
    changed: others.some((one) => isGone(one, carrying)),
  }
}

/** A finding whose line is gone, near to where it stood; null where what it said of was removed code. */
function unseenClaim(finding: Finding, file: FileDiff, { linesOf }: Carrying): Claim | null {
  if (finding.side === 'LEFT') return null
  const last = Math.max(1, linesOf(file.path)?.length ?? finding.line)
  return { ...claimAt(finding, file.path, Math.min(finding.line, last)), suggestion: null }
}

function claimAt(finding: Finding, path: string, line: number): Claim {
  const { id: _id, preExisting: _old, placement: _place, ...said } = finding
  const startLine = Math.max(1, line - (finding.line - finding.startLine))
  return { ...said, path, startLine, line, symbol: null }
}

/** The nearest line that says what the finding's own line said. */
function lineOf(
  { evidence: [own], side, line }: Finding,
  file: FileDiff,
  { linesOf }: Carrying,
): number | null {
  const text = (own?.text ?? '').trim()
  const known = side === 'LEFT' ? removedLines(file) : headLines(linesOf(file.path) ?? [])
  const hits = [...known].filter(([, one]) => one.trim() === text).map(([number]) => number)
  const away = (number: number) => Math.abs(number - line)
  return hits.sort((a, b) => away(a) - away(b) || a - b)[0] ?? null
}

function headLines(lines: readonly string[]): ReadonlyMap<number, string> {
  return new Map(lines.map((text, index) => [index + 1, text]))
}

function removedLines(file: FileDiff): ReadonlyMap<number, string> {
  return new Map(
    file.hunks.flatMap((hunk) =>
      diffLines(hunk).flatMap(({ kind, oldLine, text }) =>
        kind === 'removed' && oldLine !== null ? [[oldLine, text.replace(/\r$/, '')] as const] : [],
      ),
    ),
  )
}

/** Whether a cited line of a file that is known is not there any more. */
function isGone({ path, side, text }: Finding['evidence'][number], { linesOf }: Carrying): boolean {
  if (side === 'LEFT') return false
  const lines = linesOf(path)
  return lines !== null && !lines.includes(text)
}

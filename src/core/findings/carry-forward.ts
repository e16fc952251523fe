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
 * again has not shown that it is gone. It is gone when its lines changed and it was not found again,
 * or when lines were cited that mend it. What is said again in other words keeps its old identity,
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
  if (standing === null || (standing.changed && carrying.isJudged(file.path))) return null
  return { claim: standing.claim, instead: null }
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
  const startLine = Math.max(1, line - (finding.line - finding.startLine))
  const { id: _id, preExisting: _old, placement: _place, ...said } = finding
  const moved = line !== finding.line || file.path !== finding.path
  return {
    claim: {
      ...said,
      path: file.path,
      startLine,
      line,
      // It was made for the lines as they stood, and they may have moved.
      suggestion: moved ? null : said.suggestion,
      evidence: [{ ...own, path: file.path, line }, ...others],
      symbol: null,
    },
    changed: others.some((one) => isGone(one, carrying)),
  }
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

import type { FileDiff } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import { type Claim, compareSeverity, type Finding } from '#core/findings/finding'
import type { FirstPaths } from '#core/findings/first-paths'
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

/**
 * What the agent found earlier and nobody mended stays found: an agent that does not say a thing
 * again has not shown that it is gone. It is gone when its lines changed and it was not found again,
 * or when lines were cited that mend it. What is said again in other words keeps its old identity,
 * unless it became graver.
 */
export function carryForward(carrying: Carrying): readonly Claim[] {
  const claims = [...carrying.claims]
  const taken = new Set<Claim>()
  for (const finding of carrying.earlier) {
    if (finding.source !== 'agent' || carrying.mended.has(finding.id)) continue
    const standing = standingClaim(finding, carrying)
    if (standing === null) continue
    const twin = claims.find((claim) => !taken.has(claim) && isSameProblem(claim, standing.claim))
    if (twin === undefined) {
      if (!standing.changed || !carrying.isJudged(standing.claim.path)) claims.push(standing.claim)
      continue
    }
    taken.add(twin)
    if (compareSeverity(twin.severity, finding.severity) >= 0) {
      claims[claims.indexOf(twin)] = standing.claim
    }
  }
  return claims
}

/** An earlier finding where its line stands now; null where that line is gone. */
function standingClaim(
  finding: Finding,
  carrying: Carrying,
): { readonly claim: Claim; readonly changed: boolean } | null {
  const { files, firstPaths } = carrying
  const file = files.find(
    ({ path, previousPath }) =>
      path === finding.path ||
      previousPath === finding.path ||
      firstPaths.get(path) === finding.path,
  )
  const [own, ...others] = finding.evidence
  if (file === undefined || own === undefined) return null
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
  const text = own?.text ?? ''
  const known = side === 'LEFT' ? removedLines(file) : headLines(linesOf(file.path) ?? [])
  const hits = [...known].filter(([, one]) => one === text).map(([number]) => number)
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

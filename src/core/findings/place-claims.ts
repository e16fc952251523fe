import type { FileDiff } from '#core/diff/diff'
import { canComment, commentableLines } from '#core/diff/line-sets'
import {
  atLeast,
  type Claim,
  compareSeverity,
  type Finding,
  type Placement,
} from '#core/findings/finding'
import type { FirstPaths } from '#core/findings/first-paths'
import { identify } from '#core/findings/identify'
import { type KnownIds, placeOf } from '#core/findings/known-ids'
import { configuredSeverity, type Settings } from '#core/settings/settings'

/**
 * Turns claims into findings: each gets its identity, the severity that the settings give it, and
 * the place where it can be said. A claim whose lines cannot carry a comment moves to its file or
 * to the summary; none is dropped except those that the settings switch off.
 */
export function placeClaims(
  claims: readonly Claim[],
  files: readonly FileDiff[],
  settings: Settings,
  { firstPaths = new Map(), ids: known = new Map() }: Before = {},
): readonly Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const wanted = claims.flatMap((claim) => {
    const severity = configuredSeverity(settings, claim.rule, claim.class)
    return severity === 'off' ? [] : [{ ...claim, severity: severity ?? claim.severity }]
  })
  // The settings may grade anew, and the few places for comments belong to the gravest.
  wanted.sort((a, b) => compareSeverity(a.severity, b.severity))
  const ids = identify(wanted, files, firstPaths)
  let comments = 0
  return wanted.map((claim) => {
    const { symbol: _, ...said } = claim
    const spot = spotOf(claim, byPath.get(claim.path))
    const loud = atLeast(claim.severity, settings.review.inline_from)
    const placement = loud && comments < settings.review.max_comments ? spot.placement : 'summary'
    if (placement !== 'summary') comments += 1
    const moved = spot.startLine !== claim.startLine || spot.line !== claim.line
    const id = known.get(placeOf(claim)) ?? ids.get(claim) ?? ''
    return {
      ...said,
      startLine: spot.startLine,
      line: spot.line,
      // It replaces the lines that it was made for, and no others.
      suggestion: moved ? null : said.suggestion,
      id,
      preExisting: false,
      placement,
    }
  })
}

/** What earlier reviews of the same pull request say about identities. */
interface Before {
  /** Where files were first seen that earlier pushes renamed. */
  readonly firstPaths?: FirstPaths
  readonly ids?: KnownIds
}

interface Spot {
  readonly placement: Placement
  readonly startLine: number
  readonly line: number
}

/** The claim's own lines where GitHub takes them, else an evidence line of the same file and side. */
function spotOf(claim: Claim, file: FileDiff | undefined): Spot {
  const { startLine, line } = claim
  if (file === undefined) return { placement: 'summary', startLine, line }
  const commentable = commentableLines(file, claim.side)
  if (canComment(commentable, startLine, line)) return { placement: 'line', startLine, line }
  const range = commentable.rangeOf(line)
  if (range !== null)
    return { placement: 'line', startLine: Math.max(startLine, range.start), line }
  const evidence = claim.evidence.find(
    (e) => e.path === claim.path && e.side === claim.side && commentable.has(e.line),
  )
  if (evidence !== undefined) {
    return { placement: 'line', startLine: evidence.line, line: evidence.line }
  }
  const within = commentable.ranges.find((r) => r.start <= line && r.end >= startLine)
  if (within !== undefined) {
    return { placement: 'line', startLine: Math.max(startLine, within.start), line: within.end }
  }
  return { placement: 'file', startLine, line }
}

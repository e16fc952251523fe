import type { FileDiff } from '#core/diff/diff'
import { changedLines, commentableLines, firstIn, hasAny, type LineSet } from '#core/diff/line-sets'
import type { Claim } from '#core/findings/finding'
import type { Standing } from '#core/rules/run-rules'

/** Claims of the change itself, and claims that held before it. */
export interface Sorted {
  readonly introduced: readonly Claim[]
  readonly preExisting: readonly Claim[]
}

/** Whether the change added or changed one of the claim's own lines, or a line that shows it. */
export function touchesChange(claim: Claim, diffs: ReadonlyMap<string, FileDiff>): boolean {
  const own = diffs.get(claim.path)
  if (own !== undefined && hasAny(changedLines(own, 'RIGHT'), claim.startLine, claim.line))
    return true
  return claim.evidence.some((one) => {
    const diff = diffs.get(one.path)
    return diff !== undefined && changedLines(diff, 'RIGHT').has(one.line)
  })
}

/**
 * Tells what the change introduced from what it found. A claim on untouched lines is introduced
 * when it did not hold at base: then the change removed what protected these lines.
 *
 * @param atBase claims that hold at base, under the paths of head; a multiset
 */
export function sortByChange(
  standing: readonly Standing[],
  atBase: readonly Claim[],
  diffs: ReadonlyMap<string, FileDiff>,
): Sorted {
  const before = new Map<string, number>()
  for (const claim of atBase) before.set(keyOf(claim), (before.get(keyOf(claim)) ?? 0) + 1)
  const introduced: Claim[] = []
  const preExisting: Claim[] = []
  // Touched claims are compared first: an edited line must not use up its untouched twin at base.
  for (const one of standing.filter(({ claim }) => touchesChange(claim, diffs)))
    introduced.push(anchored(one, diffs))
  for (const one of standing.filter(({ claim }) => !touchesChange(claim, diffs))) {
    const left = before.get(keyOf(one.claim)) ?? 0
    before.set(keyOf(one.claim), left - 1)
    if (left > 0) preExisting.push(one.claim)
    else introduced.push(anchored(one, diffs))
  }
  return { introduced, preExisting }
}

/** What makes a claim the same at base and head: never a line number. */
function keyOf(claim: Claim): string {
  const snippet = (claim.evidence[0]?.text ?? '').replace(/\s+/g, ' ').trim()
  return JSON.stringify([claim.rule, claim.path, claim.symbol, snippet])
}

/**
 * Puts a claim on lines of the diff where that is truthful: on an added line of its own, else on
 * a commentable line of its own, else, for a removed protection, on one within its function. The
 * true line stays the first evidence.
 */
function anchored({ claim, range }: Standing, diffs: ReadonlyMap<string, FileDiff>): Claim {
  const diff = diffs.get(claim.path)
  if (diff === undefined) return claim
  const added = changedLines(diff, 'RIGHT')
  const commentable = commentableLines(diff, 'RIGHT')
  if (added.has(claim.startLine) && sameRange(commentable, claim.startLine, claim.line))
    return claim
  const line =
    firstIn(added, claim.startLine, claim.line) ??
    firstIn(commentable, claim.startLine, claim.line) ??
    firstIn(added, range.line, range.endLine) ??
    firstIn(commentable, range.line, range.endLine)
  return line === null ? claim : { ...claim, startLine: line, line }
}

function sameRange(set: LineSet, start: number, end: number): boolean {
  const range = set.rangeOf(start)
  return range !== null && end <= range.end
}

import type { FileDiff, Hunk, Side } from '#core/diff/diff'

/** One line of a hunk with its numbers: 1-based, null on the side where it does not exist. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed'
  readonly text: string
  readonly oldLine: number | null
  readonly newLine: number | null
}

/** A run of line numbers within one hunk, both ends inclusive. */
export interface LineRange {
  readonly start: number
  readonly end: number
  /** Index of the hunk in its file. */
  readonly hunk: number
}

/** Line numbers of one side of a file, in ascending ranges. */
export interface LineSet {
  readonly ranges: readonly LineRange[]
  has(line: number): boolean
  /** The range that holds a line. */
  rangeOf(line: number): LineRange | null
  /** The member closest to a line, the smaller one of two equally close; null in an empty set. */
  nearest(line: number): number | null
}

/** The lines of a hunk, numbered as the two files are. */
export function diffLines(hunk: Hunk): readonly DiffLine[] {
  let oldLine = hunk.oldStart
  let newLine = hunk.newStart
  return hunk.lines.map((line) => {
    const text = line.slice(1)
    if (line.startsWith('+')) return { kind: 'added', text, oldLine: null, newLine: newLine++ }
    if (line.startsWith('-')) return { kind: 'removed', text, oldLine: oldLine++, newLine: null }
    return { kind: 'context', text, oldLine: oldLine++, newLine: newLine++ }
  })
}

/**
 * The lines of one side that GitHub accepts a review comment on: those inside a hunk, changed or
 * context (https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request).
 */
export function commentableLines(file: FileDiff, side: Side): LineSet {
  const ranges = file.hunks.flatMap((hunk, index) => {
    const start = side === 'RIGHT' ? hunk.newStart : hunk.oldStart
    const count = side === 'RIGHT' ? hunk.newLines : hunk.oldLines
    return count === 0 ? [] : [{ start, end: start + count - 1, hunk: index }]
  })
  return lineSet(ranges)
}

/** The lines that the change added (RIGHT) or removed (LEFT). */
export function changedLines(file: FileDiff, side: Side): LineSet {
  const kind = side === 'RIGHT' ? 'added' : 'removed'
  const ranges: LineRange[] = []
  file.hunks.forEach((hunk, index) => {
    for (const line of diffLines(hunk)) {
      const number = side === 'RIGHT' ? line.newLine : line.oldLine
      if (line.kind !== kind || number === null) continue
      const last = ranges.at(-1)
      if (last !== undefined && last.hunk === index && last.end === number - 1) {
        ranges[ranges.length - 1] = { ...last, end: number }
      } else {
        ranges.push({ start: number, end: number, hunk: index })
      }
    }
  })
  return lineSet(ranges)
}

/** Whether GitHub accepts a comment on these lines: in order, and all within one hunk. */
export function canComment(commentable: LineSet, startLine: number, line: number): boolean {
  const range = commentable.rangeOf(line)
  return range !== null && startLine <= line && startLine >= range.start
}

function lineSet(ranges: readonly LineRange[]): LineSet {
  const rangeOf = (line: number): LineRange | null => {
    let low = 0
    let high = ranges.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const range = ranges[middle]
      if (range === undefined) return null
      if (line < range.start) high = middle - 1
      else if (line > range.end) low = middle + 1
      else return range
    }
    return null
  }
  return {
    ranges,
    rangeOf,
    has: (line) => rangeOf(line) !== null,
    nearest: (line) => nearestIn(ranges, line),
  }
}

function nearestIn(ranges: readonly LineRange[], line: number): number | null {
  let best: number | null = null
  for (const { start, end } of ranges) {
    const candidate = Math.min(Math.max(line, start), end)
    if (best === null || Math.abs(candidate - line) < Math.abs(best - line)) best = candidate
  }
  return best
}

/** The first member of a set between two lines, both inclusive; null where there is none. */
export function firstIn(set: LineSet, start: number, end: number): number | null {
  for (const range of set.ranges) {
    const first = Math.max(range.start, start)
    if (first <= Math.min(range.end, end)) return first
  }
  return null
}

/** Whether a set has a line between two lines, both inclusive. */
export function hasAny(set: LineSet, start: number, end: number): boolean {
  return firstIn(set, start, end) !== null
}

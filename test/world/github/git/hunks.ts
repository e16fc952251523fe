/** A line of a hunk. `position` counts lines below the file's first hunk header, as GitHub does. */
type HunkLine = {
  mark: ' ' | '+' | '-'
  text: string
  oldLine: number | null
  newLine: number | null
  position: number
}

export type Hunk = { header: string; lines: HunkLine[] }

const HEADER = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/

type Cursor = { oldLine: number; newLine: number; position: number }

function readLine(raw: string, cursor: Cursor): HunkLine | null {
  const mark = raw.charAt(0)
  if (mark !== ' ' && mark !== '+' && mark !== '-') return null
  const line: HunkLine = {
    mark,
    text: raw.slice(1),
    oldLine: mark === '+' ? null : cursor.oldLine,
    newLine: mark === '-' ? null : cursor.newLine,
    position: cursor.position,
  }
  if (mark !== '+') cursor.oldLine += 1
  if (mark !== '-') cursor.newLine += 1
  return line
}

/** Reads the hunks of one file's patch. */
export function parseHunks(patch: string): Hunk[] {
  const hunks: Hunk[] = []
  const cursor: Cursor = { oldLine: 0, newLine: 0, position: -1 }
  for (const raw of patch.split('\n')) {
    cursor.position += 1
    const header = HEADER.exec(raw)
    if (header !== null) {
      cursor.oldLine = Number(header[1])
      cursor.newLine = Number(header[2])
      hunks.push({ header: raw, lines: [] })
      continue
    }
    const line = readLine(raw, cursor)
    if (line !== null) hunks.at(-1)?.lines.push(line)
  }
  return hunks
}

/** Where a comment wants to sit. */
export type AnchorRequest = {
  line: number
  side: 'LEFT' | 'RIGHT'
  startLine: number | null
  startSide: 'LEFT' | 'RIGHT' | null
}

export type AnchorResult =
  | { ok: true; position: number; diffHunk: string }
  | { ok: false; because: 'line' | 'start-line' | 'order' | 'hunk' }

function indexOf(hunk: Hunk, line: number, side: 'LEFT' | 'RIGHT'): number {
  return hunk.lines.findIndex((each) => (side === 'LEFT' ? each.oldLine : each.newLine) === line)
}

/** Finds the lines of a comment in the hunks; a comment cannot leave its hunk. */
export function findAnchor(hunks: Hunk[], request: AnchorRequest): AnchorResult {
  const hunk = hunks.find((each) => indexOf(each, request.line, request.side) !== -1)
  if (hunk === undefined) return { ok: false, because: 'line' }
  const end = indexOf(hunk, request.line, request.side)
  if (request.startLine !== null) {
    const side = request.startSide ?? request.side
    if (side === request.side && request.startLine >= request.line)
      return { ok: false, because: 'order' }
    const start = indexOf(hunk, request.startLine, side)
    const elsewhere = hunks.some((each) => indexOf(each, request.startLine ?? 0, side) !== -1)
    if (start === -1) return { ok: false, because: elsewhere ? 'hunk' : 'start-line' }
    if (start >= end) return { ok: false, because: 'order' }
  }
  const shown = hunk.lines.slice(0, end + 1).map((each) => each.mark + each.text)
  return {
    ok: true,
    position: hunk.lines[end]?.position ?? 0,
    diffHunk: [hunk.header, ...shown].join('\n'),
  }
}

/** The line that `position` names, for clients that still send positions. */
export function lineAtPosition(hunks: Hunk[], position: number): AnchorRequest | null {
  const line = hunks.flatMap((each) => each.lines).find((each) => each.position === position)
  if (line === undefined) return null
  const side = line.mark === '-' ? 'LEFT' : 'RIGHT'
  const number = side === 'LEFT' ? line.oldLine : line.newLine
  return { line: number ?? 0, side, startLine: null, startSide: null }
}

/**
 * Where a line went from one version of a file to another, given the hunks between them made with no context.
 * Null when the line itself was changed or deleted.
 */
export function moveLine(hunks: Hunk[], line: number): number | null {
  let shift = 0
  for (const hunk of hunks) {
    const removed = hunk.lines.filter((each) => each.oldLine !== null)
    const added = hunk.lines.length - removed.length
    const first = Number(HEADER.exec(hunk.header)?.[1] ?? 0)
    // A hunk that only inserts is said to stand after its old line.
    const before = removed.length === 0 ? first + 1 : first
    if (line < before) break
    if (removed.some((each) => each.oldLine === line)) return null
    shift += added - removed.length
  }
  return line + shift
}

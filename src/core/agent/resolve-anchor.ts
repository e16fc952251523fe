import { type Anchor, anchorOf, lineHash, parseAnchor, redactLines } from '#core/agent/anchors'
import type { FileDiff, Side } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import { clip } from '#core/text/lines'

/** The lines of one side of a file by number, as far as they are known. */
export type KnownLines = ReadonlyMap<number, string>

/** Where an anchor points, or what to do instead. */
export type Resolved =
  | {
      readonly ok: true
      readonly side: Side
      readonly line: number
      readonly text: string
      /** The text with secrets masked. */
      readonly shown: string
    }
  | { readonly ok: false; readonly because: string }

/** An anchor this far from its line is taken for a slip of the number, if only one line fits. */
const REACH = 30
const SHOWN_NEIGHBOURS = 5

/** More lines than any private key in PEM format has. */
const KEY_LINES = 160

/** The lines that a diff shows on one side: those that can carry a comment. */
export function linesInDiff(file: FileDiff, side: Side): KnownLines {
  const lines = new Map<number, string>()
  for (const hunk of file.hunks) {
    for (const line of diffLines(hunk)) {
      const number = side === 'RIGHT' ? line.newLine : line.oldLine
      if (number !== null) lines.set(number, line.text.replace(/\r$/, ''))
    }
  }
  return lines
}

/** The lines of a whole file. */
export function numberedLines(lines: readonly string[]): KnownLines {
  return new Map(lines.map((text, index) => [index + 1, text]))
}

/**
 * Finds the line that an anchor means: number and hash agree, or exactly one line nearby has the
 * hash. Otherwise the answer shows the nearest lines with their anchors, so that the next try fits.
 */
export function resolveAnchor(
  written: string,
  linesOf: (side: Side) => KnownLines,
  redact: (text: string) => string,
): Resolved {
  const anchor = parseAnchor(written)
  if (anchor === null) {
    return { ok: false, because: `"${clip(written, 30)}" is not an anchor; copy one, as R12:a3f` }
  }
  const lines = linesOf(anchor.side)
  const show = (line: number) => maskedLine(lines, line, redact)
  const exact = lines.get(anchor.line)
  if (exact !== undefined && lineHash(exact) === anchor.hash) {
    return { ok: true, side: anchor.side, line: anchor.line, text: exact, shown: show(anchor.line) }
  }
  const near = [...lines].filter(
    ([line, text]) => Math.abs(line - anchor.line) <= REACH && lineHash(text) === anchor.hash,
  )
  const [only] = near
  if (only !== undefined && near.length === 1) {
    return { ok: true, side: anchor.side, line: only[0], text: only[1], shown: show(only[0]) }
  }
  return { ok: false, because: explain(anchor, written, lines, show) }
}

function explain(
  anchor: Anchor,
  written: string,
  lines: KnownLines,
  show: (line: number) => string,
): string {
  const side = anchor.side === 'RIGHT' ? 'head' : 'base'
  if (lines.size === 0) return `${written}: this file has no such lines at the ${side}`
  const nearest = [...lines.keys()]
    .sort((a, b) => Math.abs(a - anchor.line) - Math.abs(b - anchor.line) || a - b)
    .slice(0, SHOWN_NEIGHBOURS)
    .sort((a, b) => a - b)
    .map((line) => {
      const text = lines.get(line) ?? ''
      return `${anchorOf(anchor.side, line, text)}|${clip(show(line), 200)}`
    })
  const why = lines.has(anchor.line) ? 'the line has another content' : 'the line is not there'
  return `${written}: ${why}. The nearest lines are:\n${nearest.join('\n')}`
}

/** One line, masked with those around it: the inside of a key looks harmless by itself. */
function maskedLine(lines: KnownLines, line: number, redact: (text: string) => string): string {
  let first = line
  while (line - first < KEY_LINES && lines.has(first - 1)) first -= 1
  const around: string[] = []
  for (let at = first; at <= line + KEY_LINES; at += 1) {
    const text = lines.get(at)
    if (text === undefined) break
    around.push(text)
  }
  return redactLines(around, redact)[line - first] ?? ''
}

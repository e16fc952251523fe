import type { Hunk, Side } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'
import { clip } from '#core/text/lines'
import { shortHash } from '#core/text/short-hash'

/** A line as the model names it: its side, its number, and a short hash of its content. */
export interface Anchor {
  readonly side: Side
  readonly line: number
  readonly hash: string
}

/** Three digits tell neighbours apart; the line number does the rest. */
const HASH_DIGITS = 3

/** Longer lines are minified or data; their start is enough to recognise them. */
export const MAX_LINE_CHARACTERS = 2_000

/** The hash of a line's content without its line ending. */
export function lineHash(text: string): string {
  return shortHash([withoutReturn(text)], HASH_DIGITS)
}

/** Reads `R12:a3f`; null when it is not an anchor. */
export function parseAnchor(written: string): Anchor | null {
  const match = /^([RL])(\d{1,7}):([0-9a-f]{3})$/.exec(written.trim())
  const [, side, line, hash] = match ?? []
  if (side === undefined || line === undefined || hash === undefined) return null
  if (Number(line) === 0) return null
  return { side: side === 'R' ? 'RIGHT' : 'LEFT', line: Number(line), hash }
}

/** `R12:a3f` for a line of the head, `L12:a3f` for one of the base. */
export function anchorOf(side: Side, line: number, text: string): string {
  return `${side === 'RIGHT' ? 'R' : 'L'}${line}:${lineHash(text)}`
}

/**
 * Numbered lines of a file, one anchor each. `shown` are the same lines with secrets masked: the
 * hash is taken of what the file says, the text of what may be shown.
 */
export function anchoredLines(
  side: Side,
  first: number,
  lines: readonly string[],
  shown: readonly string[],
): readonly string[] {
  return lines.map((text, index) => {
    const visible = clip(withoutReturn(shown[index] ?? ''), MAX_LINE_CHARACTERS)
    return `${anchorOf(side, first + index, text)}|${visible}`
  })
}

/**
 * The lines of a hunk as the model sees them, one row for each, of which some may be asked for.
 * Secrets are masked in the hunk as a whole: the inside of a key looks harmless by itself.
 */
export function anchoredRows(
  hunk: Hunk,
  redact: (text: string) => string,
  wanted: (index: number) => boolean = () => true,
): readonly string[] {
  const lines = diffLines(hunk)
  const texts = lines.map((line) => line.text)
  const shown = redactLines(texts, redact)
  return lines.map((line, index) => {
    if (!wanted(index)) return ''
    const side: Side = line.kind === 'removed' ? 'LEFT' : 'RIGHT'
    const number = (side === 'LEFT' ? line.oldLine : line.newLine) ?? 0
    const sign = { context: ' ', added: '+', removed: '-' }[line.kind]
    const visible = clip(withoutReturn(shown[index] ?? ''), MAX_LINE_CHARACTERS)
    return `${anchorOf(side, number, line.text)}|${sign}${visible}`
  })
}

/** Masks across line ends, because keys span lines, without shifting any line. */
export function redactLines(
  lines: readonly string[],
  redact: (text: string) => string,
): readonly string[] {
  const together = redact(lines.join('\n')).split('\n')
  return together.length === lines.length ? together : lines.map(redact)
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/** Some lines of a file by number, one row for each; a gap is marked, so that nobody joins its ends. */
export function anchoredExcerpt(
  side: Side,
  lines: readonly string[],
  wanted: ReadonlySet<number>,
  redact: (text: string) => string,
): string {
  // Masked with the whole file: the inside of a key looks harmless by itself.
  const masked = redactLines(lines, redact)
  const rows: string[] = []
  let before: number | null = null
  for (const line of [...wanted].sort((a, b) => a - b)) {
    if (before !== null && line !== before + 1) rows.push('…')
    rows.push(...anchoredLines(side, line, [lines[line - 1] ?? ''], [masked[line - 1] ?? '']))
    before = line
  }
  return rows.join('\n')
}

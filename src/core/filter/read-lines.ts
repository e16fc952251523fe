import type { FileDiff, Hunk } from '#core/diff/diff'
import { type CommentStyle, stripComments } from '#core/filter/strip-comments'

/** One line of code without its comments, as far as it is known. */
export interface CodeLine {
  readonly text: string
  /** Its number at head; null for a line that the change removed. */
  readonly line: number | null
  /** Added or removed by the change. */
  readonly changed: boolean
}

/** Longer lines are data or minified; their beginning says enough. */
const MAX_LINE = 2_000
/** Larger files are judged by their diff alone. */
const MAX_TEXT = 512 * 1024

/**
 * The lines that a file can be judged by: the whole text at head where it is known and of a
 * sensible size, else the hunks with their context; in both cases with the removed lines.
 */
export function readLines(
  file: FileDiff,
  text: string | undefined,
  style: CommentStyle,
): readonly CodeLine[] {
  const removed = file.hunks.flatMap((hunk) => removedLines(hunk, style))
  const isWhole = text !== undefined && text.length <= MAX_TEXT && file.change !== 'removed'
  const right = isWhole
    ? headLines(text, changedNumbers(file.hunks), style)
    : file.hunks.flatMap((hunk) => hunkLines(hunk, style))
  return [...right, ...removed]
}

/** A setting that a sample only shows, as in `# smtp-sender-user:` or `#MAIL_HOST=`. */
const SHOWN = /^(\s*)#+\s?(?=[A-Za-z]\w{0,60}[_.-][\w.-]{1,80}\s?[:=])/

/** Lines without their comments; where `#` comments, a setting behind it is one all the same. */
function codeOf(lines: readonly string[], style: CommentStyle): readonly string[] {
  const shown = style === 'hash' ? lines.map((line) => line.replace(SHOWN, '$1')) : lines
  return stripComments(shown, style)
}

function headLines(
  text: string,
  changed: ReadonlySet<number>,
  style: CommentStyle,
): readonly CodeLine[] {
  const lines = text.split('\n').map(cut)
  return codeOf(lines, style).map((code, index) => ({
    text: code,
    line: index + 1,
    changed: changed.has(index + 1),
  }))
}

function changedNumbers(hunks: readonly Hunk[]): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const hunk of hunks) {
    let line = hunk.newStart
    for (const text of hunk.lines) {
      if (text.startsWith('+')) numbers.add(line)
      if (!text.startsWith('-')) line += 1
    }
  }
  return numbers
}

function hunkLines(hunk: Hunk, style: CommentStyle): readonly CodeLine[] {
  const right = hunk.lines.filter((text) => !text.startsWith('-'))
  return codeOf(bodies(right), style).map((code, index) => ({
    text: withoutEnd(code),
    line: hunk.newStart + index,
    changed: right[index]?.startsWith('+') ?? false,
  }))
}

function removedLines(hunk: Hunk, style: CommentStyle): readonly CodeLine[] {
  const left = hunk.lines.filter((text) => !text.startsWith('+'))
  if (!left.some((text) => text.startsWith('-'))) return []
  return codeOf(bodies(left), style)
    .map((code, index) => ({
      text: withoutEnd(code),
      line: null,
      changed: left[index]?.startsWith('-') ?? false,
    }))
    .filter(({ changed }) => changed)
}

/**
 * A hunk may begin inside a block comment, whose opening it does not show: lines that begin with
 * `*` are comments in every language that is read here but markdown, which is not. What closes a
 * block is kept, since the hunk may show where it opens.
 */
const bodies = (lines: readonly string[]) =>
  lines.map((text) => {
    if (!/^.\s*\*(\s|\/|$)/.test(text.slice(0, 200))) return cut(text.slice(1))
    const end = text.indexOf('*/')
    return end < 0 ? '' : cut(text.slice(end))
  })

/** The end of a block comment that the hunk does not show the beginning of. */
const withoutEnd = (code: string) => code.replace(/^\*\//, '')

const cut = (line: string) => (line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line)

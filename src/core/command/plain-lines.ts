import { fromMarkdown } from 'mdast-util-from-markdown'

/** GitHub's own limit for a comment, in characters; nothing longer is genuine. */
const MAX_BODY = 65_536

/** How many lines that look right are examined. */
const MAX_CANDIDATES = 5

/** How far a paragraph is followed past the line in question, in characters. */
const MAX_AFTER = 2_000

/** Lines, tags and backticks before a line beyond which it is not examined. */
const MAX_BEFORE = { lines: 2_000, tags: 200, backticks: 200 }

/** Characters of quote and list markers that may open one line. */
const MAX_NESTING = 20

/** A line that was found, and what the comment says after it. */
export interface FoundLine {
  readonly match: RegExpExecArray
  readonly after: string
}

/**
 * The first line of a comment that matches and stands in an ordinary paragraph, or null. Quoted
 * text, code, HTML and list items are not ordinary: talking about a command does not give it.
 *
 * A markdown parser can be kept busy for minutes by a comment of 60 KB, and anybody may comment.
 * So it sees only the text up to the end of the line's paragraph, disarmed, and nothing at all
 * where that text is full of tags or backticks.
 */
export function findPlainLine(body: string, wanted: RegExp): FoundLine | null {
  if (body.length > MAX_BODY) {
    return null
  }
  for (const { start, text } of candidates(body, wanted)) {
    const window = body.slice(0, paragraphEnd(body, start + text.length))
    if (isQuickToParse(window) && isPlainAt(window, start)) {
      const match = wanted.exec(text)
      return match === null ? null : { match, after: body.slice(start + text.length) }
    }
  }
  return null
}

function candidates(body: string, wanted: RegExp): { start: number; text: string }[] {
  const found: { start: number; text: string }[] = []
  let start = 0
  for (const piece of body.split(/(\r\n|\r|\n)/)) {
    if (wanted.test(piece)) {
      found.push({ start, text: piece })
    }
    start += piece.length
  }
  return found.slice(0, MAX_CANDIDATES)
}

/** A code span that opened before the line may close after it, within the same paragraph. */
function paragraphEnd(body: string, lineEnd: number): number {
  const after = body.slice(lineEnd, lineEnd + MAX_AFTER)
  const blank = /(?:\r\n|\r|\n)[ \t]*(?:\r|\n)/.exec(after)
  return lineEnd + (blank?.index ?? after.length)
}

function isQuickToParse(window: string): boolean {
  const count = (pattern: RegExp) => window.match(pattern)?.length ?? 0
  return (
    count(/\r\n|\r|\n/g) <= MAX_BEFORE.lines &&
    count(/</g) <= MAX_BEFORE.tags &&
    count(/`+/g) <= MAX_BEFORE.backticks
  )
}

/** Whether the line at an offset is plain text of a paragraph that is in nothing else. */
function isPlainAt(window: string, lineStart: number): boolean {
  const offset = lineStart + (/^ */.exec(window.slice(lineStart))?.[0].length ?? 0)
  const covers = (node: Spot) =>
    (node.position?.start.offset ?? Infinity) <= offset &&
    offset < (node.position?.end.offset ?? -1)
  const block = fromMarkdown(disarmed(window)).children.find(covers)
  return block?.type === 'paragraph' && block.children.find(covers)?.type === 'text'
}

interface Spot {
  readonly position?: { readonly start: Offset; readonly end: Offset } | undefined
}
interface Offset {
  readonly offset?: number | undefined
}

/**
 * The same text, as long to the character, without brackets, emphasis, escapes and deep nesting:
 * each of them can take the parser quadratic time or worse, and none decides what is code.
 */
function disarmed(text: string): string {
  return text.replaceAll(/^((?:[ \t>*+-]|\d{1,9}[.)])*)(.*)$/gm, (_, markers, rest) => {
    const nested = String(markers)
    return (
      nested.slice(0, MAX_NESTING) +
      nested.slice(MAX_NESTING).replaceAll(/[^ \t]/g, 'x') +
      String(rest).replaceAll(/[[\]_&\\"'(*]|(?<!<)!/g, '.')
    )
  })
}

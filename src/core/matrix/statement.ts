import { quietOf, type Region, type Role } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

/** Characters of one statement: a longer one is data. */
const MAX_STATEMENT = 4_000
/** What goes on with the statement of the line before. */
const GOES_ON = /^[ \t]*(?:\.|->|\?\.|\?->|&\.|[)\]}]|\|>|&&|\|\||\+|,|:(?!:)|=>)/

/**
 * The statement around an offset: from the beginning of its line up to the end of the line on which
 * every bracket is closed and after which nothing goes on. In Ruby a `do` is closed by its `end`.
 */
export function statementAt(role: Role, file: CodeFile, from: number, to = from): Region {
  const { code } = quietOf(file)
  const start = code.lastIndexOf('\n', from - 1) + 1
  return { role, file, start, end: endOfStatement(file, start, to) }
}

function endOfStatement(file: CodeFile, start: number, to: number): number {
  // A string is nothing in `code`: what ends a line is seen in `text` alone.
  const { code, text } = quietOf(file)
  const limit = Math.min(code.length, start + MAX_STATEMENT)
  let depth = 0
  let at = start
  while (at < limit) {
    const lineEnd = code.indexOf('\n', at)
    const end = lineEnd < 0 || lineEnd > limit ? limit : lineEnd
    const line = code.slice(at, end)
    depth += depthOf(line, file)
    const opens = file.language === 'csharp' && BODY.test(code.slice(end + 1, end + 200))
    const goesOn = opens && /\bnew\b|=/.test(line)
    const isOver =
      !goesOn && depth <= 0 && end >= to && !GOES_ON.test(code.slice(end + 1, end + 200))
    if (isOver && !/[,(=\\]\s*$/.test(text.slice(at, end).slice(-40))) return end
    at = end + 1
  }
  return limit
}

/** C# opens what belongs to a line on the next one. */
const BODY = /^[ \t]*\{/
const OPENING = /[([{]/g
const CLOSING = /[)\]}]/g

function depthOf(line: string, { language }: CodeFile): number {
  const brackets = (line.match(OPENING)?.length ?? 0) - (line.match(CLOSING)?.length ?? 0)
  if (language !== 'ruby') return brackets
  const opens = /\bdo\b(?:\s*\|[^|]*\|)?\s*$|^\s*(?:def|if|unless|case|begin|class|module|while)\b/
  const blocks = (opens.test(line) ? 1 : 0) - (/^\s*end\b/.test(line) ? 1 : 0)
  return brackets + blocks
}

import type { Fact } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'

/** Lines above a call that are read for the conditions under which it runs. */
const ABOVE = 20
/** A switch that somebody turns on to look for a fault, or that only tests turn on. */
const SWITCH =
  /\bif\b\s*\(?[^\n]{0,80}?(?:\b(?:[\w$]+\.)*_?(?:is_?)?(?:debug(?:ging)?|verbose|DEBUG|VERBOSE|Debug|Verbose)\b(?!\()|\b(?:environ|getenv|env)\b[^\n]{0,20}["'.](?:LOG|DUMP|DEBUG|TRACE|VERBOSE)_?\w*[^\n]{0,20}(?:true|1)|\benv\.test\?|NODE_ENV\s*===?\s*["']test)/

/** Whether a line runs only for who asked for it, or for a value that is no secret but a word. */
export function isAskedFor(file: CodeFile, fact: Fact, value: string): boolean {
  const named = value.length < 80 ? RegExp.escape(value) : null
  const word =
    named === null ? null : new RegExp(`\\bif\\b[^\\n]{0,60}${named}\\s*===?\\s*["']\\w+["']`)
  return conditionsOf(file, fact).some((line) => SWITCH.test(line) || word?.test(line) === true)
}

/** A lookup that found nothing. */
const FOUND_NOBODY =
  /\b(?:except|rescue|catch)\b[^\n]{0,80}(?:DoesNotExist|NotFound|NoResultFound|NoSuchElement)/

/** Whether a key or a token is written because it belongs to nobody; a password may be a person's. */
export function isOfNobody(file: CodeFile, fact: Fact, value: string): boolean {
  if (/passw/i.test(value)) return false
  return conditionsOf(file, fact).some((line) => FOUND_NOBODY.test(line))
}

/** The call's own line and those above it that are indented less and less: what it stands in. */
function conditionsOf({ lines }: CodeFile, { line }: Fact): readonly string[] {
  const own = lines[line - 1] ?? ''
  const found = [own]
  let depth = own.search(/\S/)
  for (const above of lines.slice(Math.max(0, line - 1 - ABOVE), line - 1).toReversed()) {
    const indented = above.search(/\S/)
    if (indented < 0 || indented >= depth) continue
    depth = indented
    found.push(above)
  }
  return found
}

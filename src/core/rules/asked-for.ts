import type { Fact } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { codeOfFile } from '#core/rules/units'

/** Lines above a call that are read for the conditions under which it runs. */
const ABOVE = 20
/** A switch that somebody turns on to look for a fault, or that only tests turn on. */
const SWITCH =
  /\bif\b\s*\(?[^\n]{0,80}?(?:\b(?:[\w$]+\.)*_?(?:is_?)?(?:debug(?:ging)?|verbose|DEBUG|VERBOSE|Debug|Verbose)\b(?!\()|\b(?:environ|getenv|env)\b[^\n]{0,20}["'.](?:LOG|DUMP|DEBUG|TRACE|VERBOSE)_?\w*[^\n]{0,20}(?:true|1)|\benv\.test\?|NODE_ENV\s*===?\s*["']test)/

/** A line that runs only where a developer works: the program says so, not a comment. */
const FOR_DEVELOPERS =
  /\bif\b[^\n]{0,80}?(?:(?:NODE_ENV|ENVIRONMENT|APP_ENV|RACK_ENV|RAILS_ENV|FLASK_ENV|DJANGO_ENV|\b[eE]nv(?:ironment)?)["'\])]{0,3}\s*={2,3}\s*["'](?:dev|development|local|test)["']|NODE_ENV\s*!==?\s*["']production["']|\[\s*["'](?:development|test|local)["'](?:\s*,\s*["'](?:development|test|local|dev)["']){0,3}\s*\]\.include(?:s|\?)\(|\bRails\.env\.(?:development|local|test)\?|\bimport\.meta\.env\.DEV\b|\b__DEV__\b|\b[eE]nv(?:ironment)?\.IsDevelopment\(\)|\bapp\(\)->(?:isLocal\(\)|environment\(\s*["']local["']))/
/** Another way in for everybody else: `if (env === 'development' || verbose)`, but not `|| !env`. */
const OR_ELSE = /\|\||\bor\b/
/** No environment is set where nobody has set anything up. */
const OR_UNSET = /(?:\|\||\bor\b)\s*(?:!|not\s)[\w.[\]"']{1,60}\)?\s*[{:]?\s*$/

/** What is asked of a value that turns out to be missing. */
function isMissing(name: string): RegExp {
  const end = '\\s*(?:\\)|:|\\{|&&|and\\b|$)'
  return new RegExp(
    `\\bif\\s*\\(?\\s*(?:(?:!\\s*|not\\s+)${name}|${name}\\s*(?:===?\\s*(?:undefined|null|nil|["']{2})|is\\s+None|\\.(?:nil|blank|empty)\\?))${end}`,
  )
}

/** Whether a line runs only for who asked for it, or for a value that is no secret but a word, or is missing. */
export function isAskedFor(file: CodeFile, fact: Fact, value: string): boolean {
  const named = value.length < 80 ? RegExp.escape(value) : null
  const word =
    named === null ? null : new RegExp(`\\bif\\b[^\\n]{0,60}${named}\\s*===?\\s*["']\\w+["']`)
  const missing = named === null ? null : isMissing(named)
  return conditionsOf(file, fact).some(
    (line) =>
      SWITCH.test(line) ||
      isForDevelopers(line) ||
      word?.test(line) === true ||
      missing?.test(line) === true,
  )
}

function isForDevelopers(line: string): boolean {
  return FOR_DEVELOPERS.test(line) && (!OR_ELSE.test(line) || OR_UNSET.test(line))
}

/** A lookup that found nothing. */
const FOUND_NOBODY =
  /\b(?:except|rescue|catch)\b[^\n]{0,80}(?:DoesNotExist|NotFound|NoResultFound|NoSuchElement)/

/** Whether a key or a token is written because it belongs to nobody; a password may be a person's. */
export function isOfNobody(file: CodeFile, fact: Fact, value: string): boolean {
  if (/passw/i.test(value)) return false
  return conditionsOf(file, fact).some((line) => FOUND_NOBODY.test(line))
}

/** What an answer's own status says of it. */
const REFUSED =
  /\b(?:if|elif)\b[^\n]{0,60}?(?:!\s*[\w$.]{1,40}\.ok\b|\bnot\s+[\w.]{1,40}\.(?:ok|is_success)\b|\b[\w$.]{0,40}status(?:_?code)?\s*(?:!==?\s*\d|>=\s*[345]\d\d))(?![^\n]*(?:\|\||\bor\b))/i

/** Whether a line runs only where the other side refused: there is no token in such an answer. */
export function isOfRefusal(file: CodeFile, fact: Fact): boolean {
  return conditionsOf(file, fact).some((line) => REFUSED.test(line))
}

const BARE = new WeakMap<CodeFile, readonly string[]>()

/** The lines of a file without comments: what one of them says is no condition. */
function bareLines(file: CodeFile): readonly string[] {
  const lines = BARE.get(file) ?? codeOfFile(file).split('\n')
  BARE.set(file, lines)
  return lines
}

/** The call's own line and those above it that are indented less and less: what it stands in. */
function conditionsOf(file: CodeFile, { line }: Fact): readonly string[] {
  const lines = bareLines(file)
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

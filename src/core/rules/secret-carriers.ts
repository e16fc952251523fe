import type { Fact } from '#core/facts/fact'
import { type CodeFile, functionAround, surroundings } from '#core/rules/code'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

const KEY_WORD =
  '(?:[\\w-]{0,20}api[-_]?key|access[-_]?token|auth[-_]?token|client[-_]?secret|refresh[-_]?token|password|(?:subscription|app)[-_]key|secret)'
/** A plain name says nothing by itself: its value has to be called a credential, and no place in a list. */
const PLAIN_NAME = '(?:key|token|app_?id)'
const CALLED_SECRET =
  '(?![^\\n]{0,40}(?:page|cursor|sync|next|public|site|sort|cache))[^\\n,})]{0,60}(?:key|token|secret)'
/** A credential in the query of an address: under its name, or a plain name with a key for its value. */
const IN_ADDRESS = new RegExp(
  `[?&]${KEY_WORD}=(?:[$#]?\\{|\\$|%[sv]|["'\`]\\s*[+.])|[?&](?:key|token|auth|appid)=[^\\n&"'\`]{0,4}(?:["'\`]\\s*[+.]\\s*)?[^\\n&"'\`]{0,40}(?:key|token|secret)`,
  'i',
)
const KEY_PAIR = new RegExp(
  `["'\`:]?\\b${KEY_WORD}["'\`]?\\s*(?::|=>|=(?!=)|\\bto\\b|["'\`],)(?!\\s*["'\`]\\*)|["']?\\b${PLAIN_NAME}["']?\\s*[:,]\\s*${CALLED_SECRET}`,
  'i',
)
/** What puts values into an address or a form that stands elsewhere. */
const PUTS = (name: string) =>
  new RegExp(
    `(?:^|[^\\w.$])${name}(?:\\.(?:searchParams|query|params))?(?:\\.(?:set|append|add|put|Set|Add|Append)\\(|\\[)\\s*["'\`](?:(?:${KEY_WORD}|(?:proxy-)?authorization)["'\`]|${PLAIN_NAME}["'\`]\\s*,\\s*${CALLED_SECRET})`,
    'i',
  )
const WRAPS_NAME =
  /\b(\w{1,40})(?:\.(?:Encode|toString|entries|to_query|readUtf8|readString)\(\)|\b)/g
/** What only somebody sends who asks for a token. */
const ASKS_TOKEN = /\bgrant_?[tT]ype\b|["']client_secret["']/
/** The body of an answer, as these languages read it. */
const BODY_READ =
  /\bbody(?:\(\))?[!?]{0,2}\.string\(\)|\.bodyAs(?:Text|<String>)|\bReadAsStringAsync\(|\bgetBody\(\)|\bresponse\.body\(\)\s*;?$|readEntity\(String|\bEntityUtils\.toString\(|\.body<(?:String|Json\w*)>\(\)/
/** Where the answer is looked at because it is a refusal, there is no token in it. */
const REFUSAL = /(?:error|warn|warning|exception|critical|fatal|Error\w*|Warn\w*)$/
const REFUSED =
  /(?:![^\n{}]{0,60}(?:isSuccessful|IsSuccessStatusCode|isSuccess|\.ok\b)|(?:[sS]tatus(?:Code)?(?:\(\))?(?:\.value)?|code(?:\(\))?)\s*(?:!=|>=|!in|>)|is_error|HttpStatusCode\.\w+\s*\))[^\n{}]{0,60}\{[^{}]*$/
const MASKED = /mask|redact|\*\*\*|sanitiz|filter_?param/i

/** Whether a text that a log line writes was put together with a credential: an address, a form, an answer. */
export function carriesSecret({ file }: View, fact: Fact, value: string): boolean {
  const name =
    /^(?:await\s+)?\$?(\w{2,60})(?:\??\.(?:toString|href|readUtf8|readString|String|Encode|to_s|absoluteUri|AbsoluteUri|url)(?:\(\))?)?$/.exec(
      value,
    )?.[1]
  if (name === undefined) return false
  const around = surroundings(file, fact)
  if (MASKED.test(around)) return false
  if (isFormOrAddress(around, name)) return true
  const before = around.slice(0, fact.start - (functionAround(file, fact)?.start ?? 0))
  const isRefused = REFUSAL.test(fact.captures['callee'] ?? '') || REFUSED.test(before)
  if (isRefused || !(ASKS_TOKEN.test(around) || ASKS_TOKEN.test(outerText(file, fact))))
    return false
  return assignedTo(around, name).some((given) => BODY_READ.test(given))
}

/** The function around the one in which a line stands: a block of Kotlin is a function too. */
function outerText(file: CodeFile, fact: Fact): string {
  const inner = functionAround(file, fact)
  return inner === null ? '' : surroundings(file, inner)
}

/** Objects of C# and plain arrays of bytes do not write out what is in them. */
function isFormOrAddress(around: string, name: string): boolean {
  if (putsSecret(around, name)) return true
  const copied = new RegExp(`\\b(\\w{1,40})\\.writeTo\\(\\s*${name}\\b`).exec(around)?.[1]
  const given = assignedTo(around, name)
  if (copied !== undefined && isBuiltWithSecret(assignedTo(around, copied))) return true
  return given.some(
    (one) =>
      IN_ADDRESS.test(one) ||
      (!SENDS.test(one) &&
        [...one.matchAll(WRAPS_NAME)]
          .slice(0, MAX_WORDS)
          .some(([, word = '']) => word !== name && isMap(around, word))),
  )
}

/** What came of a request is not what was sent with it. */
const SENDS = /\b\w*(?:get|post|put|patch|request|response|fetch|send|call|execute)\w{0,20}\(/i
const MAX_WORDS = 30

/** Parameters that are kept in a map and become the address that is logged. */
function isMap(around: string, word: string): boolean {
  if (!/^(?:q|query|params?|qs|search|values|args|form)$/i.test(word)) return false
  if (putsSecret(around, word)) return true
  const made = new RegExp(
    `(?:^|[^\\w.$])\\$?${word}(?::[^=\\n]{1,60})?\\s*:?=\\s*[^\\n;]{0,60}[{[(][^;]{0,600}`,
  )
  const text = made.exec(around)?.[0] ?? ''
  const end = /[}\])]\)?\s*(?:\n\s*\n|\n\s*\w|$)/.exec(text)?.index ?? text.length
  return KEY_PAIR.test(text.slice(0, end))
}

function putsSecret(around: string, name: string): boolean {
  return PUTS(name).test(around)
}

function isBuiltWithSecret(given: readonly string[]): boolean {
  return given.some((one) => new RegExp(`["']${KEY_WORD}["']`, 'i').test(one))
}

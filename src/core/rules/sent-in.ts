import { leadsBack } from '#core/rules/handed-in'
import { isOfRequest, type Shown } from '#core/rules/text-signs'

/** What a stranger filled: a request, a message, an event, a text with their values in it. */
const SENT =
  /^(?:req|request|event|evt|message|msg|payload|webhook|hook|delivery|body|params|dto|interpolated)$/i
/** A body of a request that is read into a record. */
const READ_IN =
  /\b(?:r|req|request|c\.Request|ctx\.Request)\.Body\b|\.(?:ShouldBind\w{0,12}|Bind\w{0,12}|BodyParser)\(/
/** An answer is not what somebody sent by himself, whoever was asked. */
const ASKED =
  /\b(?:requests|httpx|axios|fetch|got|ky|\w{0,20}(?:http|client|api|session)\w{0,20})\b/i
/** A parameter of which its type says the same, before its name or after it. */
const TYPED = '(?:Request|Event|Message|Payload|Webhook\\w{0,20}|Delivery|Dto|DTO)\\b'

/** Whether a value comes out of a request, a message or an event that somebody else sent. */
export function isSentIn(shown: Shown, written: string): boolean {
  const { around, code, fact } = shown
  const values = [written, ...argumentsOf(code, fact?.captures['name'] ?? '', written)]
  const isSent = (text: string) => isOfRequest(shown, text) || READ_IN.test(text)
  return (
    values.some(isSent) ||
    leadsBack(around, values, {
      ends: ({ root, text, given }) =>
        [...given, ...filling(around, root)].some(isSent) ||
        isTyped(around, root) ||
        (given.length === 0 && saysSo(text, root)),
      way: isNoAnswer,
    })
  )
}

/** A word says what it holds where nothing else was given to it. */
function saysSo(text: string, root: string): boolean {
  return SENT.test(root) && !isBare(text)
}

/** The lines that fill a record: `c.ShouldBind(&input)`. */
function filling(around: string, root: string): readonly string[] {
  return around.split('\n').filter((line) => line.includes(`&${root})`))
}

function isNoAnswer(text: string): boolean {
  return !ASKED.test(text)
}

/** A message itself is no address. */
function isBare(text: string): boolean {
  return /^\$?\w+$/.test(text.trim())
}

function isTyped(around: string, name: string): boolean {
  const after = `\\b${name}\\s*:\\s*(?:[\\w.<]{0,40}${TYPED}|unknown\\b)`
  const before = `\\b\\w{0,40}${TYPED}[>\\]]?\\s+\\$?${name}\\b`
  const go = `[(,]\\s*${name}\\s+\\*?[\\w.]{0,40}${TYPED}`
  return new RegExp(`${after}|${before}|${go}`).test(around)
}

/** What callers in this file hand to the function, when the value is its parameter. */
function argumentsOf(code: string, name: string, written: string): readonly string[] {
  if (name === '' || !isBare(written)) return []
  const calls = new RegExp(
    `(?<!\\b(?:fn|def|func|fun|function)\\s{1,3})\\b${RegExp.escape(name)}\\(([^()\\n]{1,200})\\)(?!\\s*[:{])`,
    'g',
  )
  return [...code.matchAll(calls)].map(([, given = '']) => given)
}

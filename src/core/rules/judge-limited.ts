import type { Fact } from '#core/facts/fact'
import { factsOf } from '#core/rules/code'
import { codeOnly, withoutComments } from '#core/rules/code-text'
import { bySigns, type Shown } from '#core/rules/text-signs'

const WAITS =
  /sleep|delay|\bwait|retry|Retry|back_?-?off|pause|throw|raise|panic|schedule|countdown|requeue|release\(|later|limiter|\bredo\b|perform_in|enqueue|\breturn\b[^;\n]{0,60}(?:err|Err|fail|Fail|limited|null|false|\d)|\bbreak\b|reject\(|abort|Fatal|push\(|append\(|add\(|exit/i

const LOOP =
  /\b(?:for|foreach|while|loop)\b|\.(?:each|find_each|map|forEach|each_slice|in_batches)\b|\brepeat\(/

/** The lines that lead to the end of a text, each less indented than the one after it. */
function headsAround(before: string): readonly string[] {
  const lines = before.split('\n')
  let depth = (/^[ \t]*/.exec(lines.at(-1) ?? '')?.[0] ?? '').length
  if (depth === 0) depth = Number.POSITIVE_INFINITY
  const heads: string[] = []
  for (const line of lines.toReversed().slice(1)) {
    const indent = (/^[ \t]*/.exec(line)?.[0] ?? '').length
    if (line.trim() === '' || indent >= depth) continue
    heads.push(line)
    depth = indent
  }
  return heads
}

/** Refused for being too fast, and on with the next one as fast. */
export const limitPassedOver = bySigns([
  {
    pattern:
      /(?:\bcase\s+|\bwhen\s+|\n[ \t]*|\belif\s+|\bif\s*\(?\s*|\belse\s+if\s*\(?\s*|\belsif\s+)[^\n{};]{0,60}(?<!\d)(?:429|StatusTooManyRequests|TooManyRequests|TOO_MANY_REQUESTS|too_many_requests)\)?\s{0,3}(?:then\b|:|->|=>|\)?\s*\{|\n)(?<body>(?:(?!\n\s*(?:case|when|default|else|elif|elsif|end|_\s*=>|\}))[\s\S]){1,260})/g,
    unless: [
      /[rR]etry-?_?[aA]fter|sleep|[lL]imiter|[bB]ackoff|throttle|setTimeout|Task\.Delay|\bdelay\(/,
    ],
    holds: ({ match, around, file }) => {
      const written = match.groups?.['body'] ?? ''
      // This leaves the choice, and not the loop.
      const body = /\bcase\b/.test(match[0]) ? written.replace(/\bbreak\b/g, '') : written
      const at = around.indexOf(match[0].trim().slice(0, 40))
      const before = codeOnly(around.slice(0, Math.max(0, at)), file.language)
      const loop = headsAround(before).some((head) => LOOP.test(head))
      return (
        loop &&
        !WAITS.test(body) &&
        /\b(?:continue|next|skip\w*|pass)\b|log|warn|\bcount|\+\+|\+=|\bput/i.test(body) &&
        !/res\.status|sendStatus|\.status\(429\)|HTTPException|render|head\s+:/.test(body)
      )
    },
  },
])

const KEPT =
  /cache|Cache|expires_?[aA]t|expiresAt|ExpiresAt|expiry|Expiry|expir(?:es|ation)_?(?:on|time)|\bmemo|\?\?=|\|\|=|lru|redis|Redis|valid_?[uU]ntil|\bttl\b|TTL|remember\(|tokenStore|token_store|TokenProvider|AddClientCredentials|OAuth2AuthorizedClient|oauth2\.Config|clientcredentials\.|OAuth2Session|ReuseTokenSource|ClientCredentialsTokenHandler|if\s*\(?\s*(?:!|not\s+)?(?:this|self|_|@)\.?_?\w*[tT]oken|fetchedAt|monotonic|\$\.ajax|window\.|document\.|\b_?expires\s*[=<>]|[._]expires\b|issued_?[aA]t|\brefresh/

const BEARER =
  /[bB]earer\s*(?:\$|\{|#|["'`]\s*[+.]|%s|" *\+)|\bbearer(?:Auth|_auth)\(|withToken\(|setBearerAuth|AuthenticationHeaderValue\(\s*"Bearer"|["'`]Bearer /

const MADE_ONCE = /^(?:__init__|constructor|initialize|new|New\w*|__construct|connect|setUp)$/
/** One token for all that is asked below. */
const AGAIN = /\b(?:for|foreach|while|loop)\b/
const MAX_CALLERS = 4

/** Whether who gets the token sends one request with it, and gets another for the next. */
function isSpentAtOnce({ file, match }: Shown): boolean {
  const all = factsOf(file, 'function').filter((one) => one.captures['form'] === 'function')
  const textOf = (one: Fact) => withoutComments(file.text.slice(one.start, one.end), file.language)
  let found = all.filter((one) => one.start <= match.index && match.index < one.end).slice(0, 1)
  if (found.length === 0) return false
  for (let hop = 0; hop < 3; hop += 1) {
    const spends = found.some((one) => {
      const text = textOf(one)
      const spent = BEARER.exec(text)?.index ?? -1
      return (
        spent !== -1 &&
        !MADE_ONCE.test(one.captures['name'] ?? '') &&
        !AGAIN.test(codeOnly(text.slice(0, spent), file.language))
      )
    })
    if (spends) return true
    const names = found
      .map((one) => one.captures['name'] ?? '')
      .filter((name) => /^\w{3,}$/.test(name))
    if (names.length === 0) return false
    const calls = new RegExp(`\\b(?:${names.join('|')})\\(`)
    const known = found
    found = all
      .filter((one) => !known.includes(one) && calls.test(textOf(one)))
      .slice(0, MAX_CALLERS)
  }
  return false
}

/** A token that lives for an hour is asked for anew with each call. */
export const tokenForEachCall = bySigns([
  {
    pattern:
      /["'`]?grant_?[tT]ype["'`]?\]?\s*(?::|=>|,|=)\s*["'`]client_credentials["'`]|grant_type=client_credentials/g,
    unlessFile: KEPT,
    onlyFile: BEARER,
    holds: isSpentAtOnce,
  },
])

import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { headersAbove } from '#core/matrix/surroundings'
import type { CodeFile } from '#core/rules/code'

/** Characters before and after a check in which it may be skipped. */
const NEAR = 2_500
/** Lines of the body of a condition. */
const MAX_BODY = 8

/** Why a check need not run or need not hold, in a few words; null where it always does. */
export function skippedBecause(checks: readonly Moment[]): string | null {
  const reasons = checks.map(reasonOf)
  // One check that always holds is enough.
  return reasons.includes(null) ? null : (reasons[0] ?? null)
}

function reasonOf({ file, offset }: Moment): string | null {
  const { text } = quietOf(file)
  const headers = headersAbove(file, offset)
  const top = Math.max(headers.at(-1)?.offset ?? 0, offset - NEAR)
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  if (conditionsIn(text.slice(top, lineStart)).some(letsThrough))
    return 'what cannot be checked is let through'
  const line = text.slice(lineStart, offset)
  if (ONLY_IF.test(line)) return 'only checked when a secret or signature is there'
  const around = headers.find(
    (one) =>
      (ONLY_SET.test(one.text) || ONLY_GIVEN.test(one.text)) && !hasElse(file, offset, one.indent),
  )
  if (around !== undefined && !isLeftOtherwise(text, offset, around.indent))
    return 'only checked when a secret or signature is there'
  return isOnlyLogged(file, offset) ? 'what does not match is only logged' : null
}

/** `if (signature && !valid(signature))`: without one nothing is checked. */
const ONLY_IF =
  /\b(?:if|elif)\s*\(?\s*[\w.$>@[\]"':()-]*(?:secret|signature|sig|hmac|token|signing_?key|enabled|verify_?\w*)\w*["'\])]*\s*(?:(?:!==?|!=)\s*(?:null|nil|None|undefined|""|'')\s*)?(?:&&|\band\b)\s*(?:!|not\s|hmac)/i
/** `if (secret) {`: the check stands in a block that need not run. */
const ONLY_SET =
  /^\s*(?:\}?\s*)(?:els?e?\s*)?if\s*\(?\s*(?!.*(?:valid|match|compare|equal))[\w.$>@[\]"':()-]*(?:secret|signature|sig|hmac|token|signing_?key|enabled)\w*["'\])]*\s*(?:(?:!==?|!=)\s*(?:null|nil|None|undefined|""|'')|is not None|\.present\?)?\s*\)?\s*(?:\{|:|then)?\s*$/i

/** `if user, pass, ok := r.BasicAuth(); ok {`: who sends none passes. */
const ONLY_GIVEN =
  /\bif\s[^{;\n]{0,80}(?:BasicAuth\(\)|Header\.Get\([^)]{0,60}\)|GetHeader\([^)]{0,60}\))\s*;\s*\w+(?:\s*!=\s*"")?\s*\{/

interface Condition {
  readonly condition: string
  readonly body: string
  readonly isUnless: boolean
}

const MODIFIER = /^\s*((?:return|next)\b[^#]{0,40}?)\s+(if|unless)\s+(.{1,160})$/
const OPENING = /\b(if|unless)\b\s*\(?(.{1,200}?)(?:\)?\s*(?:\{|:|then)\s*(.*)|\)\s*(\S.*)|\)?\s*)$/

/** The conditions of a text, each with what is done under it. */
function conditionsIn(text: string): readonly Condition[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index): readonly Condition[] => {
    const modifier = MODIFIER.exec(line)
    if (modifier !== null) {
      const [, body = '', word = '', condition = ''] = modifier
      return [{ body, condition, isUnless: word === 'unless' }]
    }
    const opening = OPENING.exec(line)
    if (opening === null) return []
    const [, word = '', condition = '', rest = '', other = ''] = opening
    const body = [rest, other, ...bodyUnder(line, lines.slice(index + 1, index + 1 + MAX_BODY))]
    return [{ condition, body: body.join('\n'), isUnless: word === 'unless' }]
  })
}

/** The lines that are deeper than one above them. */
function bodyUnder(head: string, lines: readonly string[]): readonly string[] {
  const indent = indentOf(head)
  const plain = lines.filter((line) => !/^\s*\{\s*$/.test(line))
  const end = plain.findIndex((line) => line.trim() !== '' && indentOf(line) <= indent)
  return end < 0 ? plain : plain.slice(0, end)
}

const ABOUT =
  /secret|signature|\bsig\b|hmac|token|signing|(?:public|hmac|webhook|verif\w*)_?key|\bDEBUG\b|debug|_env\b|NODE_ENV|[eE]nviron|\.env\b|isDev|development|skip|insecure|disabled|enabled|configured/i
const CHECKS_IT =
  /valid|verif(?!y_?(?:enabled|signatures?\b))|match|equal|compare|genuine|authentic/i
const LACKS =
  /!(?!=)|\bnot\b|===?\s*(?:null|nil|None|undefined|""|''|0\b|false)|\bis\s+(?:None|null)|nil\?|blank\?|empty|IsNullOr|isBlank|is_none|\bNone\b|development|DEBUG|debug|skip|insecure|disabled|local|\btest\b|!==?\s*["']production/i
const LETS =
  /\breturn\s+(?:await\s+)?(?:true|True|None|nil\b(?!\s*,)|next\b|\$next\b|Ok\(\(\)\)|Ok\(next|chain\.filter|call_next|handler\b)|\b_?next\s*\(|\bnext\.ServeHTTP\(|\bc\.Next\(\)|\b(?:filterC|c)hain\.doFilter\(|\bcall_next\(|^\s*return\s*;?\s*$|^(?:return|next)\s*$/m
const REFUSES =
  /\bthrow\b|\braise\b|\babort\b|\bpanic\b|\b[45]\d\d\b|return\s+(?:false|False|err|Err|errors?\.)|[uU]nauthori[sz]ed|[fF]orbidden|bad_?[rR]equest|UNAUTHORIZED|FORBIDDEN|BAD_REQUEST|[eE]xit\(|InternalServerError|Problem\(|\bfail\(/

function letsThrough({ condition, body, isUnless }: Condition): boolean {
  if (!ABOUT.test(condition) || CHECKS_IT.test(condition)) return false
  if (!isUnless && !LACKS.test(condition)) return false
  return LETS.test(body) && !REFUSES.test(body)
}

/** Whether the condition around a check has another way that refuses. */
function hasElse({ text }: CodeFile, offset: number, indent: number): boolean {
  const after = text
    .slice(offset, offset + NEAR)
    .split('\n')
    .slice(1)
  const next = after.find((line) => line.trim() !== '' && indentOf(line) <= indent)
  return next !== undefined && /^\s*\}?\s*(?:else|elif|elsif)\b/.test(next)
}

/** Whether a block ends what is done in it, so that what follows is for those without a secret. */
function isLeftOtherwise(text: string, offset: number, indent: number): boolean {
  const after = text
    .slice(offset, offset + NEAR)
    .split('\n')
    .slice(1)
  const end = after.findIndex((line) => line.trim() !== '' && indentOf(line) <= indent)
  const rest = after.slice(Math.max(0, end), end + 4).join('\n')
  return REFUSES.test(rest)
}

const ANSWERS_NO = /^\s*(?:\}\s*)?(?:if|unless|elif)\b.*(?:!|\bnot\b|unless|false|False|===?\s*0)/
const GOES =
  /\breturn\b|\bthrow\b|\braise\b|\babort|\bhalt\b|\bpanic\b|\bcontinue\b|\bexit\b|\bhead\b|\brender\b|\bjson\b|Abort\w*\(|sendStatus|reject\(|\bend\(|redirect|\bfail\w*\(|\?\s*;|\[45]\d\d/i

/** Whether a failed check leads to a log line and nothing more. */
function isOnlyLogged(file: CodeFile, offset: number): boolean {
  const { text } = quietOf(file)
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lines = text.slice(lineStart, lineStart + 1_200).split('\n')
  const [own = ''] = lines
  if (!ANSWERS_NO.test(own) || !/(?:\{|:|then|\))\s*$/.test(own)) return false
  const done = bodyUnder(own, lines.slice(1, 10)).join('\n')
  return done.trim() !== '' && /log|warn|print|console|puts/i.test(done) && !GOES.test(done)
}

function indentOf(line: string): number {
  return (/^[ \t]*/.exec(line)?.[0] ?? '').replaceAll('\t', '    ').length
}

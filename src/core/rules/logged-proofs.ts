import type { Fact } from '#core/facts/fact'
import { surroundings } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

const NAME =
  /^(?![$@]?(?:err\w{0,20}|\w{1,40}(?:Err|Error|_err|_error|Exception)|error|exc?|ok|res|resp|response|id|status)$)[$@]?[A-Za-z_]\w{1,60}$/
/** A header by which a caller shows a shared secret, by its name; others count, page or belong to pages. */
const TOKEN_HEADER =
  /(?:[hH]eaders?|META|environ|ENV|env|header_?\w{0,12})\b[\w.$?!>()-]{0,60}(?:\[|\(|\.|->)\s*["'`:](?!\w{0,12}[-_]?(?:csrf|xsrf|page|next|continuation|sync|device|push|captcha|recaptcha|idempotency|cursor)\b)[\w-]{1,40}[-_](?:token|secret|api[-_]?key|password)["'`]|\b(?:req|request|c|ctx)\.(?:get|header|Get|GetHeader)\(\s*["'`](?:x-)?[\w-]{1,40}-(?:token|secret|api-?key)["'`]/i
/** A part of it, or what was made of it. */
const LESS =
  /mask|redact|hash(?:lib)?|digest|sha\d|\.slice\(\s*0|substr\w*\([^()\n]*,?\s*0,|length|len\(|typeof|Boolean\(|===?|!==?|\bis (?:not )?None\b|verif|decode|\[:\d|\bany\?|present\?|blank\?|\bhas\(|\bempty\b|\bisset\b/i
/** A parameter that a framework fills from such a header. */
const TOKEN_PARAMETER =
  /@(?:RequestHeader|HeaderParam|Headers|FromHeader)\(\s*(?:(?:value|name)\s*=\s*)?["'][\w-]{1,40}-(?:token|secret|api-?key)["'][^)]{0,60}\)\s*(?:final\s+)?(?:(?:String|string)\??\s+)?([a-zA-Z]\w*)|\b(x_\w{1,40}_(?:token|secret|api_?key)|authorization)\s*:[^=\n]{1,40}=\s*Header\(|\[FromHeader\(Name\s*=\s*"[\w-]{1,40}-(?:Token|Secret|Api-?Key)"\)\]\s*string\??\s+(\w+)/gi
/** What is compared in a way that gives no time away, or plainly. */
const COMPARES =
  /(?:compare_digest|timingSafeEqual|safe_?[eE]qual\w*|safeCompare|tsscmp|secure_compare|fixed_length_secure_compare|hash_equals|MessageDigest\.isEqual|FixedTimeEquals|hmac\.Equal|ConstantTimeCompare|constant_time_(?:eq|compare)|ct_eq)\(?|[!=]==?(?!=)/
/** What signs a body: nothing else is called so. */
const SIGNS =
  /\bhmac\b|createHmac|hash_hmac|\bHMAC|\bHmac|\.doFinal\(|\bmac\.Sum\(|hmacHex\(|ComputeHash\(|HashData\(|\b_?(?:compute|calculate|create|generate|make|expected|build)_?\w{0,20}(?:[sS]ignature|[hH]mac|_mac|[sS]ig|[dD]igest)\w{0,12}\(/
const STEPS = 3
const MAX_NAMES = 8

/**
 * What would let whoever reads the log in: the shared secret that a caller showed, right or nearly
 * right, or the signature that would have been the right one for this body.
 */
export function provesCaller(view: View, fact: Fact, value: string): boolean {
  if (!NAME.test(value)) return false
  const code = withoutComments(surroundings(view.file, fact), view.file.language)
  const given = assignedTo(code, value)
  if (given.some((one) => TOKEN_HEADER.test(one) && !LESS.test(one))) return true
  const filled = [...code.matchAll(TOKEN_PARAMETER)].some((match) => match.slice(1).includes(value))
  if (filled) return true
  return isCompared(code, value) && isSignature(code, value, 0)
}

/** Whether a line compares it. */
function isCompared(code: string, value: string): boolean {
  const named = new RegExp(`(?:^|[^\\w$.])${RegExp.escape(value)}(?![\\w$])`)
  return code.split('\n').some((line) => COMPARES.test(line) && named.test(line))
}

/** Whether it was made with a key, here or a step before. */
function isSignature(code: string, value: string, step: number): boolean {
  if (step >= STEPS) return false
  return assignedTo(code, value).some((given) => {
    if (SIGNS.test(given)) return true
    const names = given.match(/(?<![\w.$"'-])\$?[a-z]\w*(?![\w(])/gi) ?? []
    return names
      .slice(0, MAX_NAMES)
      .some((name) => name !== value && name.length < 40 && isSignature(code, name, step + 1))
  })
}

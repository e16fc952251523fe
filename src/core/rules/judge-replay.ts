import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, functionAround, isPython, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement, Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import type { ProviderFacts } from '#core/rules/provider-knowledge'
import { reachedFrom } from '#core/rules/reach'
import { assignedTo } from '#core/rules/scope-text'
import { webhookHandlers } from '#core/rules/webhooks'

const LOOKS_AT_TIME =
  /Date\.now|currentTimeMillis|\bInstant\b|\bClock\b|Duration\.|UtcNow|time\.(?:Now|Since|Unix)|SystemTime|Utc::now|new Date|time\.time|\bdatetime\.(?:now|utcnow|fromtimestamp|datetime)|tolerance|max_?age|expired|\bage\b|too_?old|replay|timedelta|Time\.|\btime\(\)|\bnow\(|Carbon|strtotime|\.ago\b|\bfresh|stale|recent|\bclock|epoch|skew|drift|elapsed|(?:within|check|valid\w{0,6}|verif\w{1,4}|assert|ensure)_?(?:the_?)?(?:time|window|age)/i

/** A header by which the sender says when it signed, and that value within what is signed. */
const SIGNED_TIME =
  /(?:headers?|\.get|->get|META|getHeader(?:Line)?|param|env|_SERVER)\??\.?\s*[([]\s*["'`][\w-]*time-?_?stamp[\w-]*["'`]|\b(?:\w*sig(?:nature)?|body|payload|params|data|json)\b\)?(?:\??\.|->|\??\.?\[["':]|\.get\(["'])time_?stamp\b|\{[^{}\n]{0,80}\btimestamp\b[^{}\n]{0,80}\}\s*=\s*(?:req|request|body|payload|event)\b|\b(?:parts?|fields?|elements?|pairs?|items?|params|values)(?:\.get\(["']ts?["']\)|\[["']ts?["']\]|\.ts?\b)/i
const TIME_IN_MAC =
  /\btime_?stamp\b|\bts\b|\b(?:parts?|fields?|elements?|pairs?|items?|params|values)(?:\.get\(["']t["']\)|\[["']t["']\]|\.t\b)/i

/** A function that is handed the time which goes into the signature. */
const TAKES_TIME = /^[^{]{0,200}?\(\s*[^()]{0,120}\b(?:time_?stamp|ts)\b/i

/** A signature with a timestamp that is checked by hand, whatever its age. */
export const replayNotLimited: Judgement = {
  names: ['handler', 'provider', 'limit'],
  judge: (view) => {
    const inHandlers = webhookHandlers(view).flatMap((handler) => {
      const check = macsOf(view).find((fact) => handler.spans.some((span) => within(fact, span)))
      const isLimited = check === undefined || LOOKS_AT_TIME.test(handler.text)
      if (isLimited || handler.provider?.toleranceSeconds == null) return []
      const names = namesOf(handler.label, handler.provider)
      return [observe(view, check, { range: handler.body, provider: handler.provider, names })]
    })
    return inHandlers.length > 0 ? inHandlers : agelessChecks(view)
  },
}

function macsOf({ file }: View): readonly Fact[] {
  return factsOf(file, 'signature-check').filter((fact) =>
    /createHmac$|hmac\.(?:new|New)$|\bHMAC$|HMAC\.(?:(?:hex|base64)?digest|new)$|hash_hmac$|hmac(?:Hex)?$|Hmac(?:(?:::)?<\w+>|Sha\d+)?::new_from_slice$/.test(
      fact.captures['callee'] ?? '',
    ),
  )
}

/** The same in guards, middleware and helpers: the header's time is signed and never compared. */
function agelessChecks(view: View): readonly Observation[] {
  const { file } = view
  if (LOOKS_AT_TIME.test(codeOfTheCheck(view)) || isAgedElsewhere(view)) return []
  const found = macsOf(view).flatMap((check) => {
    const around = functionAround(file, check)
    if (around === null) return []
    const text = withoutComments(file.text.slice(around.start, around.end), file.language)
    const mac = text.slice(check.start - around.start)
    const place = readsTime(view, text) ? check : callerWithTime(view, around, text)
    if (place === null || !TIME_IN_MAC.test(signedPart(text, mac))) return []
    const provider = providerOfHeaders(view, text)
    const names = namesOf(around.captures['name'] ?? 'the check', provider)
    const { line, endLine } = place === check ? fromRead(view, check) : place
    return [observe(view, check, { line, endLine, range: place, provider, names })]
  })
  return found.length > 0 ? found : agelessHeader(view)
}

/** A part of a signature's header, or a header of its own, by which the sender says when it signed. */
const HEADER_TIME =
  /["'`:](?:[\w-]{0,40}-time-?stamp|ts?)["'`]|\bt=\(|["'`][\w-]{1,40}time-?stamp["'`]|\bt=<|\bfields?\.t\b/i
const COMPARES_SAFELY =
  /timingSafeEqual|compare_digest|secure_compare|hash_equals|\.isEqual\(|FixedTimeEquals|hmac\.Equal|ConstantTimeCompare|verify_slice|ct_eq|constant_time_eq|[!=]==?=?\s*\$?\w*(?:expected|digest|signature|computed|calculated)|[!=]==?=?\s*[^\n;]{0,30}(?:mac|sign|hash|digest)\w{0,20}\(/i
/** What is signed is put together of parts. */
const PUT_TOGETHER =
  /[.:]["'`]\s*[+.,]|[+.,]\s*b?["'`][.:]|[#$]?\{[^{}\n]{1,60}\}[.:]|\$\w{1,40}[.:]|%s[.:]|join\(|implode\(|chain_update\(|\.update\([^\n]{0,80}\n?[^\n]{0,80}\.update\(/

/** A check in parts: one method reads the time, another signs, and nothing in the file asks how late it is. */
function agelessHeader(view: View): readonly Observation[] {
  const { file } = view
  const macs = macsOf(view)
  if (macs.length === 0 || macs.length > MAX_SIGNING) return []
  const checks = functionsOf(file)
  const textOf = (one: Fact) => withoutComments(textAt(file, one), file.language)
  const reads = checks.filter(
    (one) => HEADER_TIME.test(textOf(one)) || isHandedTime(view, one, textOf(one)),
  )
  const makers = checks.filter((one) => macs.some((mac) => within(mac, one)))
  const handed = makers.find((one) => TAKES_TIME.test(textOf(one)))
  const place = reads.find((one) => makers.includes(one)) ?? handed ?? reads.at(-1)
  if (place === undefined || reads.length === 0) return []
  const code = withoutComments(file.text, file.language)
  if (!COMPARES_SAFELY.test(code)) return []
  const text = textOf(place)
  if (!PUT_TOGETHER.test(code) && !usesTime(text)) return []
  const provider = providerOfHeaders(view, text)
  const names = namesOf(place.captures['name'] ?? 'the check', provider)
  const mac = macs.find((one) => within(one, place))
  const { line, endLine } = mac === undefined ? place : fromRead(view, mac)
  return [observe(view, place, { line, endLine, range: place, provider, names })]
}

/** A method that is handed the time of the header, puts it together with the body and compares. */
function isHandedTime({ code, file }: View, fact: Fact, text: string): boolean {
  const name = fact.captures['name'] ?? ''
  if (!TAKES_TIME.test(text) || !COMPARES_SAFELY.test(text) || !PUT_TOGETHER.test(text))
    return false
  // Whoever calls it may have looked at the time before.
  return ![...code.files.values()].some(
    (one) => one !== file && one.text.includes(`${name}(`) && LOOKS_AT_TIME.test(one.text),
  )
}

/** Who uses this file compares the time that it read with what it tolerates. */
const COMPARES_AGE =
  /\b(?:time_?stamp|signed_?at)\b[^;]{0,160}(?:tolerance|max_?age)|(?:tolerance|max_?age)[^;]{0,160}\b(?:time_?stamp|signed_?at)\b/i

function isAgedElsewhere({ code, file }: View): boolean {
  const stem = /([\w-]+)\.\w+$/.exec(file.path)?.[1] ?? ''
  if (stem.length < 4) return false
  const used = new RegExp(`\\b${RegExp.escape(stem)}\\b`, 'i')
  return [...code.files.values()].some(
    (one) =>
      one !== file &&
      one.language === file.language &&
      used.test(one.text) &&
      COMPARES_AGE.test(withoutComments(one.text, one.language)),
  )
}

function functionsOf(file: CodeFile): readonly Fact[] {
  return factsOf(file, 'function').filter((one) => one.captures['form'] === 'function')
}

const textAt = ({ text }: CodeFile, { start, end }: Span) => text.slice(start, end)

/** The functions in which digests are made, those that call them, and all that know of the time. */
function codeOfTheCheck(view: View): string {
  const { file } = view
  const macs = macsOf(view).slice(0, MAX_SIGNING)
  const all = functionsOf(file)
  const makers = all.filter((one) => macs.some((mac) => within(mac, one)))
  if (makers.length === 0) return withoutComments(file.text, file.language)
  const called = new RegExp(
    `\\b(?:${
      makers
        .map((one) => RegExp.escape(one.captures['name'] ?? ''))
        .filter((one) => one !== '')
        .join('|') || '(?!)'
    })\\b`,
  )
  const near = all.filter((one) => {
    const text = textAt(file, one)
    return called.test(text) || KNOWS_TIME.test(text)
  })
  const reached = reachedFrom(file, [...makers, ...near.slice(0, MAX_NEAR)])
  return reached.map((one) => withoutComments(textAt(file, one), file.language)).join('\n')
}

const KNOWS_TIME = /time_?-?stamp|\bts\b/i
const MAX_NEAR = 20

/** From where the time is read to where it is signed, within one function. */
function fromRead({ file }: View, mac: Fact): Pick<Span, 'line' | 'endLine'> {
  const around = functionAround(file, mac)
  const read = around === null ? -1 : textAt(file, around).search(/time_?-?stamp/i)
  if (around === null || read === -1 || around.start + read > mac.start) return mac
  const line = around.line + textAt(file, around).slice(0, read).split('\n').length - 1
  return { line: Math.max(line, mac.line - MAX_BEFORE), endLine: mac.endLine }
}

const MAX_BEFORE = 15

/** A header's time that is kept under a name, and that is used for more than a look whether it is there. */
function usesTime(text: string): boolean {
  const name =
    /([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?:?=(?!=)\s*[^\n]{0,200}["'`:][\w-]{0,40}time-?_?stamp[\w-]{0,20}["'`\]]/i.exec(
      text,
    )?.[1]
  if (name === undefined) return false
  const used = new RegExp(
    `\\b${name}\\b(?!\\s*(?::?=(?!=)|[!=]==?|\\.(?:blank|empty|nil|isEmpty|isBlank)|\\s+is\\b|\\s*\\|\\|))`,
    'g',
  )
  return [...text.matchAll(used)].length > 0
}

/** The time is taken out of the request here; what a filter reads may be signed in a method of its own. */
function readsTime({ file }: View, text: string): boolean {
  const isOwn = isScript(file.language) || isPython(file)
  return SIGNED_TIME.test(isOwn ? text : file.text)
}

/** The function that takes the time out of the request and has it signed by this one to compare. */
function callerWithTime(view: View, around: Fact, text: string): Fact | null {
  const { file } = view
  // A file that signs in many places is no check of one sender.
  if (macsOf(view).length > MAX_SIGNING) return null
  const name = around.captures['name'] ?? ''
  if (name === '' || !TAKES_TIME.test(text)) return null
  const calls = new RegExp(`\\b${RegExp.escape(name)}\\(`)
  const callers = factsOf(file, 'function').filter((one) => {
    const code = file.text.slice(one.start, one.end)
    const isOther = one !== around && one.captures['form'] === 'function'
    return isOther && calls.test(code) && SIGNED_TIME.test(code) && COMPARES.test(code)
  })
  return callers.at(-1) ?? null
}

const MAX_SIGNING = 3
const COMPARES = /timingSafeEqual|compare_digest|[!=]==?/

/** What goes into the digest: the code from the key to the digest, and what was put together for it. */
function signedPart(text: string, mac: string): string {
  // Ruby's digest is the first word of the call that is handed what is signed.
  const end = /^[\w:]*HMAC\.\w*digest\(/.test(mac) ? -1 : mac.search(/digest\(/)
  const chain = mac.slice(0, end === -1 ? 300 : end)
  const words = new Set(chain.match(/[A-Za-z_]\w*/g) ?? [])
  return [
    chain,
    ...[...words].flatMap((word) =>
      assignedTo(text, word).filter((given) => /[`+]|f["']|join|format/.test(given)),
    ),
  ].join('\n')
}

function providerOfHeaders({ providers }: View, text: string): ProviderFacts | null {
  for (const [, header = ''] of text.matchAll(/["'`]([A-Za-z][\w-]{4,60})["'`]/g)) {
    const found = providers.byHeader(header.toLowerCase().replaceAll('_', '-'))
    if (found !== null) return found
  }
  return null
}

/** A limit is only named where a provider's pages name one. */
function namesOf(handler: string, provider: ProviderFacts | null) {
  const seconds = provider?.toleranceSeconds ?? null
  const limit =
    seconds === null
      ? 'A few minutes are usual.'
      : `The documentation of ${provider?.name} names ${seconds} seconds as the limit.`
  return { handler, provider: provider?.name ?? 'the sender', limit }
}

import type { Station } from '#core/matrix/matrix'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { absent, first, isSharedToken, present, type Way } from '#core/matrix/way'

/** Whether what was sent long ago is refused. */
export function limited(way: Way, verify: Station): Station {
  const { webhooks } = way.facts
  if (way.framework?.limitsAge === true)
    return { ...absent('window', 'present', way.framework.checks), ...way.framework.at }
  const own = first(way, ['window'])
  if (own !== undefined) return present('window', own, 'old deliveries are refused')
  const check = first(way, ['verify'])
  const tolerance = webhooks?.toleranceSeconds?.value
  const library = byLibrary(way)
  if (library !== undefined && verify.state === 'present')
    return present('window', library, 'the library refuses what is older than five minutes')
  const helper = byHelper(way)
  if (helper !== undefined && tolerance !== undefined && verify.state === 'present')
    return present('window', helper, `the helper refuses what is older than ${tolerance} s`)
  if (check !== undefined && isSharedToken(check))
    return absent('window', 'not-needed', 'a shared token has no time')
  return withoutLimit(way, verify)
}

/** Stripe's thin events are checked with the same tolerance: https://docs.stripe.com/webhooks. */
const OWN_LIMIT = /parse_?thin_?event|parse_?event_?notification/i

/** The check that is made by a function which the provider offers for it. */
function byHelper({ moments, facts }: Way): Moment | undefined {
  const names = (facts.webhooks?.verifyHelpers?.value ?? []).map((name) =>
    name.replace(/^.*(?:\.|::|->)/, ''),
  )
  return moments.find(
    (one) =>
      one.kind === 'verify' &&
      !isSwitchedOff(one) &&
      (OWN_LIMIT.test(one.text) || names.some((name) => one.text.includes(name))),
  )
}

/** The check looks at no time where it is told so. */
const NO_LIMIT =
  /[iI]gnor\w{0,6}_?(?:[tT]olerance|[tT]imestamp)|\btolerance["']?\s*(?:=>?|:)\s*(?:None|null|nil|undefined|0|-1|false|False|Infinity)\b/

function isSwitchedOff({ file, offset }: Moment): boolean {
  const { start, end } = statementAt('function', file, offset)
  return NO_LIMIT.test(quietOf(file).text.slice(start, end))
}

/**
 * Libraries of Standard Webhooks refuse what is five minutes off:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
 */
const STANDARD = /\b(?:standard[-_]?webhooks|svix)\b/i

function byLibrary({ moments }: Way): Moment | undefined {
  return moments.find(
    (one) =>
      one.kind === 'verify' &&
      /verify/i.test(one.text) &&
      STANDARD.test(quietOf(one.file).text) &&
      !isSwitchedOff(one),
  )
}

function withoutLimit(way: Way, verify: Station): Station {
  const { webhooks } = way.facts
  if (webhooks?.signedTimestamp?.value === false)
    return absent('window', 'not-needed', `${way.sender ?? 'the sender'} signs no time`)
  if (verify.state === 'not-needed' || verify.state === 'unknown')
    return absent('window', verify.state, verify.because)
  const isSigned = webhooks?.toleranceSeconds !== undefined
  if (isSigned || webhooks?.signedTimestamp?.value === true || namesTime(way))
    return absent('window', 'missing', 'an old delivery can be sent again')
  return verify.state === 'missing'
    ? absent('window', 'missing', 'without a check of the sender no time can be trusted')
    : absent('window', 'unknown', 'whether the sender signs a time is not known')
}

const TIME_HEADER = /timestamp|[-_]time["'`]/i

function namesTime({ moments }: Way): boolean {
  const files = new Set(
    moments.filter(({ kind }) => kind === 'verify' || kind === 'raw').map(({ file }) => file),
  )
  return [...files].some((file) => TIME_HEADER.test(quietOf(file).text))
}

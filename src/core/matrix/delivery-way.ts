import type { Moment } from '#core/matrix/delivery-moments'
import type { MomentKind } from '#core/matrix/delivery-signs'
import { DELIVERY_STATES, type DeliveryState, type Station } from '#core/matrix/matrix'
import { quietOf } from '#core/matrix/region'
import { skippedBecause } from '#core/matrix/skipped-check'
import { statementAt } from '#core/matrix/statement'
import type { ProviderFacts } from '#core/providers/provider'

/** A delivery's way through a handler: what happens, and what is known of who sends it. */
export interface Way {
  readonly moments: readonly Moment[]
  /** Where the handler begins. */
  readonly at: { readonly path: string; readonly line: number }
  /** Where it ends: it answers there when it answers nowhere else. */
  readonly end: { readonly path: string; readonly line: number }
  readonly facts: ProviderFacts
  /** How the sender is called; null where nobody knows. */
  readonly sender: string | null
  /** The framework looks at the sender before the handler runs. */
  readonly checkedByFramework: string | null
  /** The sender may be checked by code that was not seen. */
  readonly unseen: boolean
}

/** The states of a handler in the order of the safe way, each with where it stands and what is wrong with that. */
export function stationsOf(way: Way): readonly Station[] {
  const seen = findStations(way)
  return DELIVERY_STATES.map((name) => seen[name])
}

type Stations = Readonly<Record<DeliveryState, Station>>

function findStations(way: Way): Stations {
  const raw = rawBody(way)
  const verify = verified(way)
  const window = limited(way, verify)
  const claim = claimOf(way)
  const dedupe =
    claim === undefined
      ? absent('dedupe', 'missing', 'a second delivery is handled like the first')
      : present('dedupe', claim, claim.kind === 'claim' ? 'taken in one step' : 'looked up')
  const durable = storeOf(way)
  const answer = answerOf(way)
  const work = workOf(way)
  const dead = first(way, ['dead-letter'])
  return {
    receive: { ...blank('receive', 'present', 'takes the delivery'), ...way.at },
    'raw-body': raw,
    verify: { ...verify, misplaced: lateCheck(way, verify) },
    window,
    dedupe,
    durable:
      durable === undefined
        ? absent('durable', 'missing', 'nothing of it outlives the process')
        : present('durable', durable, durable.kind === 'enqueue' ? 'handed to a queue' : 'stored'),
    acknowledge: { ...answer.station, misplaced: badAnswer(way, answer.moment) },
    process:
      work === undefined
        ? absent('process', 'unknown', 'where the work is done was not seen')
        : { ...present('process', work, 'does the work'), misplaced: earlyWork(way, work, claim) },
    'dead-letter':
      dead === undefined
        ? absent('dead-letter', 'missing', 'what fails for good is kept nowhere')
        : present('dead-letter', dead, 'kept for a person'),
  }
}

function blank(name: DeliveryState, state: Station['state'], because: string): Station {
  return { name, state, because, path: null, line: null, misplaced: null }
}

const absent = blank

function present(name: DeliveryState, { path, line }: Moment, because: string): Station {
  return { name, state: 'present', because, path, line, misplaced: null }
}

function first({ moments }: Way, kinds: readonly MomentKind[]): Moment | undefined {
  return moments.find(({ kind }) => kinds.includes(kind))
}

/** Helpers that take the whole request read its body themselves. */
const TAKES_REQUEST = /ValidatePayload|validateRequest|RequestValidator|unwrap/

function rawBody(way: Way): Station {
  if (way.checkedByFramework !== null)
    return { ...blank('raw-body', 'present', way.checkedByFramework), ...way.at }
  const raw = first(way, ['raw'])
  if (raw !== undefined) return present('raw-body', raw, 'the bytes as they were sent')
  const check = first(way, ['verify'])
  if (check !== undefined && TAKES_REQUEST.test(check.text))
    return present('raw-body', check, 'read by the check itself')
  return first(way, ['parse']) === undefined
    ? absent('raw-body', 'unknown', 'where the body is read was not seen')
    : absent('raw-body', 'missing', 'only a parsed body is at hand')
}

function verified(way: Way): Station {
  const { facts, checkedByFramework, at, sender } = way
  if (checkedByFramework !== null)
    return { ...blank('verify', 'present', checkedByFramework), ...at }
  const check = first(way, ['verify'])
  if (check !== undefined) {
    const skipped = skippedBecause(way.moments.filter(({ kind }) => kind === 'verify'))
    if (skipped === null) return present('verify', check, 'who sent it is checked')
    return { ...blank('verify', 'missing', skipped), path: check.path, line: check.line }
  }
  if (facts.webhooks?.signed?.value === false)
    return absent('verify', 'not-needed', `${sender ?? 'the sender'} does not sign what it sends`)
  if (way.unseen)
    return absent('verify', 'unknown', 'who sent it may be checked by code that was not seen')
  return absent('verify', 'missing', 'anyone can send this')
}

function limited(way: Way, verify: Station): Station {
  const { webhooks } = way.facts
  const own = first(way, ['window'])
  if (own !== undefined) return present('window', own, 'old deliveries are refused')
  const check = first(way, ['verify'])
  const helpers = webhooks?.verifyHelpers?.value ?? []
  const byHelper =
    check !== undefined &&
    helpers.some((name) => check.text.includes(name.replace(/^.*(?:\.|::|->)/, '')))
  const tolerance = webhooks?.toleranceSeconds?.value
  if (byHelper && tolerance !== undefined && verify.state === 'present')
    return present('window', check, `the helper refuses what is older than ${tolerance} s`)
  if (webhooks?.signedTimestamp?.value === false)
    return absent('window', 'not-needed', `${way.sender ?? 'the sender'} signs no time`)
  if (verify.state === 'not-needed' || verify.state === 'unknown')
    return absent('window', verify.state, verify.because)
  if (tolerance !== undefined || webhooks?.signedTimestamp?.value === true || namesTime(way))
    return absent('window', 'missing', 'an old delivery can be sent again')
  return verify.state === 'missing'
    ? absent('window', 'missing', 'without a check of the sender no time can be trusted')
    : absent('window', 'unknown', 'whether the sender signs a time is not known')
}

const TIME_HEADER = /timestamp|[-_]time["'`]/i

function namesTime({ moments }: Way): boolean {
  const files = new Set(moments.filter(({ kind }) => kind === 'verify').map(({ file }) => file))
  return [...files].some((file) => TIME_HEADER.test(quietOf(file).text))
}

/** What keeps a second delivery away; a claim says more than a look. */
function claimOf({ moments }: Way): Moment | undefined {
  return moments.find(({ kind }) => kind === 'claim') ?? moments.find(({ kind }) => kind === 'look')
}

/** A claim in a cache is no record of the event. */
const IN_CACHE = /set_?nx|\bnx\b|["']NX["']|setIfAbsent|putIfAbsent|cache|unless_exist|NotExists/i

function storeOf({ moments }: Way): Moment | undefined {
  return moments.find(
    ({ kind, text }) =>
      kind === 'store' || kind === 'enqueue' || (kind === 'claim' && !IN_CACHE.test(text)),
  )
}

/** The work itself, which is not what refuses or answers; done by a worker when it is handed to one. */
function workOf({ moments }: Way): Moment | undefined {
  const checked = moments.findIndex(({ kind }) => kind === 'verify')
  const later = moments.slice(checked + 1)
  return (
    later.find(({ kind }) => kind === 'process') ??
    later.find(({ kind }) => kind === 'enqueue') ??
    later.filter(({ kind }) => kind === 'store').at(-1)
  )
}

interface Answer {
  readonly station: Station
  /** Null where the handler answers by ending. */
  readonly moment: Moment | null
}

/** An early way out is not the answer; the first one after which the handler goes on is. */
function answerOf(way: Way): Answer {
  const answers = way.moments.filter(({ kind, deferred }) => kind === 'acknowledge' && !deferred)
  const early = answers.find((one) => goesOn(one))
  const moment = early ?? answers.at(-1) ?? null
  if (moment === null)
    return {
      station: { ...blank('acknowledge', 'present', 'answered when it ends'), ...way.end },
      moment,
    }
  return { station: present('acknowledge', moment, 'answers the sender'), moment }
}

const LEAVES =
  /^\s*(?:[;)}\]]|return\b|break\b|end\b|else\b|elsif\b|elif\b|catch\b|except\b|rescue\b|case\b|default\b|$)/

/** Whether code of the same block follows an answer. */
function goesOn({ file, offset, text }: Moment): boolean {
  const statement = statementAt('function', file, offset)
  const { code } = quietOf(file)
  const line = code.slice(statement.start, statement.end)
  if (/\breturn\b/.test(line) || /^return\b/.test(text)) return false
  const rest = code.slice(statement.end, statement.end + 400)
  if (LEAVES.test(rest.replace(/^[;\s]+/, ''))) return false
  // In Python the block ends where the indent gets smaller.
  if (file.language !== 'python') return true
  const depth = /^[ \t]*/.exec(line)?.[0].length ?? 0
  const next = /\n([ \t]*)\S/.exec(rest)?.[1]?.length ?? 0
  return next >= depth
}

function place({ moments }: Way, moment: Moment): number {
  return moments.indexOf(moment)
}

/** What was done with a delivery before its sender was known. */
function lateCheck(way: Way, verify: Station): string | null {
  if (verify.state !== 'present' || way.checkedByFramework !== null) return null
  const checks = way.moments.filter(({ kind }) => kind === 'verify')
  const [check] = checks
  if (check === undefined) return null
  const before = way.moments
    .slice(0, place(way, check))
    .find(
      ({ kind }) =>
        kind === 'store' ||
        kind === 'enqueue' ||
        kind === 'claim' ||
        kind === 'process' ||
        kind === 'parse',
    )
  if (before === undefined) return null
  return before.kind === 'parse'
    ? `the body is read as data first, in line ${before.line}`
    : `something is done with it first, in line ${before.line}`
}

/** What is wrong with when the answer is given. */
function badAnswer(way: Way, answer: Moment | null): string | null {
  const { moments } = way
  const at = answer === null ? moments.length : place(way, answer)
  const kept = moments.findIndex(
    ({ kind, text }) =>
      kind === 'store' || kind === 'enqueue' || (kind === 'claim' && !IN_CACHE.test(text)),
  )
  const early = answer !== null && goesOn(answer)
  if (early && (kept < 0 || kept > at)) return 'answered before anything of it is kept'
  const beside = moments.find(({ kind, deferred }) => deferred && kind === 'process')
  if (beside !== undefined && (kept < 0 || moments[kept]?.deferred === true))
    return 'answered before anything of it is kept'
  return null
}

/** Work that starts before it is known whether it was done already. */
function earlyWork(way: Way, work: Moment, claim: Moment | undefined): string | null {
  if (claim === undefined || place(way, claim) < place(way, work)) return null
  return `the event is taken only afterwards, in line ${claim.line}`
}

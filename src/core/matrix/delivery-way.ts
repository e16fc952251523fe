import type { MomentKind } from '#core/matrix/delivery-signs'
import { DELIVERY_STATES, type DeliveryState, type Station } from '#core/matrix/matrix'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { skippedBecause } from '#core/matrix/skipped-check'
import { statementAt } from '#core/matrix/statement'
import { headersAbove } from '#core/matrix/surroundings'
import type { ProviderFacts } from '#core/providers/provider'

/** A framework that takes deliveries for its listeners. */
export interface Framework {
  /** What it does, in a few words. */
  readonly checks: string
  /** Where it is set up, or the listener. */
  readonly at: { readonly path: string; readonly line: number }
  /** It refuses what was sent too long ago. */
  readonly limitsAge: boolean
}

/** A delivery's way through a handler: what happens, and what is known of who sends it. */
export interface Way {
  readonly moments: readonly Moment[]
  /** Who works it off is at hand, where it is handed on. */
  readonly hasWorker: boolean
  /** Where the handler begins. */
  readonly at: { readonly path: string; readonly line: number }
  /** Where it ends: it answers there when it answers nowhere else. */
  readonly end: { readonly path: string; readonly line: number }
  readonly facts: ProviderFacts
  /** How the sender is called; null where nobody knows. */
  readonly sender: string | null
  /** The framework looks at the sender before the handler runs, and answers after it. */
  readonly framework: Framework | null
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
  const verify = verified(way)
  const claim = claimOf(way)
  const durable = durableOf(way)
  const answer = answerOf(way)
  return {
    receive: { ...blank('receive', 'present', 'takes the delivery'), ...way.at },
    'raw-body': rawBody(way),
    verify: { ...verify, misplaced: lateCheck(way, verify) },
    window: limited(way, verify),
    dedupe: taken(way, claim),
    durable:
      durable === undefined
        ? absent('durable', 'missing', 'nothing of it outlives the process')
        : present('durable', durable, durable.kind === 'enqueue' ? 'handed to a queue' : 'stored'),
    acknowledge: { ...answer.station, misplaced: badAnswer(way, answer.moment, durable) },
    process: worked(way, claim),
    'dead-letter': keptWhenItFails(way),
  }
}

function taken(way: Way, claim: Moment | undefined): Station {
  if (claim !== undefined)
    return present('dedupe', claim, claim.kind === 'claim' ? 'taken in one step' : 'looked up')
  return isHandedAway(way)
    ? absent('dedupe', 'unknown', 'who works it off was not seen')
    : absent('dedupe', 'missing', 'a second delivery is handled like the first')
}

function worked(way: Way, claim: Moment | undefined): Station {
  const work = workOf(way)
  if (work === undefined) return absent('process', 'unknown', 'where the work is done was not seen')
  return { ...present('process', work, 'does the work'), misplaced: earlyWork(way, work, claim) }
}

function keptWhenItFails(way: Way): Station {
  const dead = first(way, ['dead-letter'])
  if (dead !== undefined) return present('dead-letter', dead, 'kept for a person')
  return isHandedAway(way) || isLeftWaiting(way)
    ? absent('dead-letter', 'unknown', 'who works it off was not seen')
    : absent('dead-letter', 'missing', 'what fails for good is kept nowhere')
}

/** It goes to a queue whose reader is not at hand. */
export function isHandedAway(way: Way): boolean {
  return !way.hasWorker && handlerQueue(way) !== undefined
}

function handlerQueue({ moments }: Way): Moment | undefined {
  const stored = moments.some(({ kind, part }) => kind === 'store' && part === 'handler')
  return moments.find(
    ({ kind, part, text }) =>
      kind === 'enqueue' && part === 'handler' && !(stored && NEWS.test(text)),
  )
}

/** Others are told that something was done: no queue of work, where the work is stored already. */
const NEWS = /\bPutEvents\w*|\bput_events\b/

/** It is stored as work that waits, and who takes it is not at hand. */
const WAITS =
  /["'`:.]\s*(?:pending|queued|ready|waiting|unprocessed|received)\b|\b(?:PENDING|QUEUED|Pending|Queued|Ready)\b/

function isLeftWaiting(way: Way): boolean {
  if (way.hasWorker || inlineWork(way) !== undefined) return false
  return way.moments.some(
    ({ kind, text }) => (kind === 'store' || kind === 'claim') && WAITS.test(text),
  )
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
  if (way.framework !== null)
    return { ...blank('raw-body', 'present', way.framework.checks), ...way.framework.at }
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
  const { facts, framework, sender } = way
  if (framework !== null)
    return { ...blank('verify', 'present', framework.checks), ...framework.at }
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
  if (way.framework?.limitsAge === true)
    return { ...blank('window', 'present', way.framework.checks), ...way.framework.at }
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
  if (check !== undefined && isSharedToken(check))
    return absent('window', 'not-needed', 'a shared token has no time')
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

const SIGNS =
  /hmac|(?<!Message)digest\b|\bsha_?\d|sign(?:ature|ed|ing)|\brsa\b|ecdsa|ed25519|construct_?event|\bjwt\b|verif(?:y|ier)\w*\(|webhooks?\.\w+\(/i
const TOKEN = /token|password|authorization|basic|secret|api_?key/i
const MAX_AROUND = 700

/** A header that is compared with something both sides know; nothing of the delivery is signed. */
function isSharedToken({ file, offset }: Moment): boolean {
  const { text } = quietOf(file)
  const top = headersAbove(file, offset).at(-1)?.offset ?? 0
  const around = text.slice(Math.max(top, offset - MAX_AROUND), offset + 160)
  return TOKEN.test(around) && !SIGNS.test(around)
}

const TIME_HEADER = /timestamp|[-_]time["'`]/i

function namesTime({ moments }: Way): boolean {
  const files = new Set(
    moments.filter(({ kind }) => kind === 'verify' || kind === 'raw').map(({ file }) => file),
  )
  return [...files].some((file) => TIME_HEADER.test(quietOf(file).text))
}

/** What keeps a second delivery away; a claim says more than a look. */
function claimOf({ moments }: Way): Moment | undefined {
  return moments.find(({ kind }) => kind === 'claim') ?? moments.find(({ kind }) => kind === 'look')
}

/** The first thing that outlives the process and is more than an id. */
function durableOf(way: Way): Moment | undefined {
  const later = afterCheck(way)
  const keeps = ({ kind, carries, text }: Moment) =>
    kind === 'store' || (kind === 'enqueue' && !NEWS.test(text)) || (kind === 'claim' && carries)
  return later.find(keeps) ?? later.find(({ kind }) => kind === 'enqueue')
}

/** What happens once the sender is known; everything, where nobody looks. */
function afterCheck({ moments }: Way): readonly Moment[] {
  const checked = moments.findLastIndex(
    ({ kind, part }) => kind === 'verify' && (part === 'before' || part === 'handler'),
  )
  return moments.slice(checked + 1)
}

/** The work itself: a worker's, when it is handed to one. */
function workOf(way: Way): Moment | undefined {
  if (way.hasWorker) return firstWork(way.moments.filter(({ part }) => part === 'worker'))
  if (isHandedAway(way) || isLeftWaiting(way)) return undefined
  return inlineWork(way) ?? lastStore(way)
}

function firstWork(moments: readonly Moment[]): Moment | undefined {
  return (
    moments.find(({ kind }) => kind === 'process') ??
    moments.find(
      ({ kind, text }) => kind === 'store' && !/\b(?:done|attempts|status|state)\b/i.test(text),
    ) ??
    moments.find(({ kind }) => kind === 'store' || kind === 'enqueue')
  )
}

function inlineWork(way: Way): Moment | undefined {
  const own = afterCheck(way).filter(({ part }) => part === 'handler')
  return (
    own.find(({ kind }) => kind === 'process') ??
    own.find(({ kind, text }) => kind === 'enqueue' && NEWS.test(text))
  )
}

/** Of a handler that only stores, what it stores after the event itself. */
function lastStore(way: Way): Moment | undefined {
  const durable = durableOf(way)
  const stores = afterCheck(way).filter(({ kind, part }) => kind === 'store' && part === 'handler')
  return (
    stores.find((one) => one !== durable && !/\bcommit\b|SaveChanges/.test(one.text)) ??
    stores[0] ??
    (durable?.kind === 'claim' ? undefined : durable)
  )
}

interface Answer {
  readonly station: Station
  /** Null where the handler answers by ending. */
  readonly moment: Moment | null
}

/** An early way out is not the answer; the first one after which the handler goes on is. */
function answerOf(way: Way): Answer {
  if (way.framework !== null)
    return {
      station: { ...blank('acknowledge', 'present', 'the framework answers'), ...way.framework.at },
      moment: null,
    }
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
  if (verify.state !== 'present' || way.framework !== null) return null
  const checks = way.moments.filter(({ kind }) => kind === 'verify')
  const [check] = checks
  if (check === undefined) return null
  const before = way.moments.slice(0, place(way, check))
  const acts = before.find(({ kind }) => ACTS.has(kind))
  if (acts !== undefined) return `something is done with it first, in line ${acts.line}`
  const parsed = before.find(({ kind }) => kind === 'parse')
  return parsed !== undefined && first(way, ['raw']) === undefined
    ? `the body is read as data first, in line ${parsed.line}`
    : null
}

const ACTS: ReadonlySet<MomentKind> = new Set<MomentKind>(['store', 'enqueue', 'claim'])
/** Others that a handler asks before it answers: one is quick, more are slow. */
const MAX_ASKED = 1

/** What is wrong with when the answer is given. */
function badAnswer(way: Way, answer: Moment | null, durable: Moment | undefined): string | null {
  const { moments } = way
  const at = answer === null ? moments.length : place(way, answer)
  const isLate =
    durable !== undefined &&
    (durable.deferred || (answer !== null && goesOn(answer) && place(way, durable) > at))
  if (isLate) return 'answered before anything of it is kept'
  const asked = moments
    .slice(0, at)
    .filter(
      ({ kind, part, deferred, remote }) =>
        kind === 'process' && part === 'handler' && !deferred && remote,
    )
  return asked.length > MAX_ASKED
    ? `${asked.length} others are asked first, from line ${asked[0]?.line ?? ''}`
    : null
}

/** Work that starts before it is known whether it was done already. */
function earlyWork(way: Way, work: Moment, claim: Moment | undefined): string | null {
  if (claim === undefined || claim.part === 'worker' || place(way, claim) < place(way, work))
    return null
  return `the event is taken only afterwards, in line ${claim.line}`
}

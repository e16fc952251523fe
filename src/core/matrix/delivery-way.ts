import { afterCheck, durableOf, NEWS } from '#core/matrix/delivery-durable'
import type { MomentKind } from '#core/matrix/delivery-signs'
import { limited } from '#core/matrix/delivery-window'
import { DELIVERY_STATES, type DeliveryState, type Station } from '#core/matrix/matrix'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { skippedBecause } from '#core/matrix/skipped-check'
import { statementAt } from '#core/matrix/statement'
import { headersAbove } from '#core/matrix/surroundings'
import { absent, first, needsNoBytes, present, type Way } from '#core/matrix/way'

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
    receive: { ...absent('receive', 'present', 'takes the delivery'), ...way.at },
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

/** It is stored as work that waits, and who takes it is not at hand. */
const WAITS =
  /["'`:.]\s*(?:pending|queued|ready|waiting|unprocessed|received)\b|\b(?:PENDING|QUEUED|Pending|Queued|Ready)\b/

function isLeftWaiting(way: Way): boolean {
  if (way.hasWorker || inlineWork(way) !== undefined) return false
  return way.moments.some(
    ({ kind, text }) => (kind === 'store' || kind === 'claim') && WAITS.test(text),
  )
}

/** Helpers that take the whole request read its body themselves. */
const TAKES_REQUEST = /ValidatePayload|validateRequest|RequestValidator|unwrap/

function rawBody(way: Way): Station {
  if (way.framework !== null)
    return { ...absent('raw-body', 'present', way.framework.checks), ...way.framework.at }
  const raw = first(way, ['raw'])
  if (raw !== undefined) return present('raw-body', raw, 'the bytes as they were sent')
  const check = first(way, ['verify'])
  if (check !== undefined && TAKES_REQUEST.test(check.text))
    return present('raw-body', check, 'read by the check itself')
  if (check !== undefined && needsNoBytes(check))
    return absent('raw-body', 'not-needed', 'what is checked is not the body')
  return first(way, ['parse']) === undefined
    ? absent('raw-body', 'unknown', 'where the body is read was not seen')
    : absent('raw-body', 'missing', 'only a parsed body is at hand')
}

function verified(way: Way): Station {
  const { facts, framework, sender } = way
  if (framework !== null)
    return { ...absent('verify', 'present', framework.checks), ...framework.at }
  const check = first(way, ['verify'])
  if (check !== undefined) {
    const skipped = skippedBecause(way.moments.filter(({ kind }) => kind === 'verify'))
    if (skipped === null) return present('verify', check, 'who sent it is checked')
    return { ...absent('verify', 'missing', skipped), path: check.path, line: check.line }
  }
  if (facts.webhooks?.signed?.value === false)
    return absent('verify', 'not-needed', `${sender ?? 'the sender'} does not sign what it sends`)
  if (way.unseen)
    return absent('verify', 'unknown', 'who sent it may be checked by code that was not seen')
  return absent('verify', 'missing', 'anyone can send this')
}

/** What keeps a second delivery away; a claim says more than a look. */
function claimOf({ moments }: Way): Moment | undefined {
  return moments.find(({ kind }) => kind === 'claim') ?? moments.find(({ kind }) => kind === 'look')
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
      station: {
        ...absent('acknowledge', 'present', 'the framework answers'),
        ...way.framework.at,
      },
      moment: null,
    }
  const answers = way.moments.filter(({ kind, deferred }) => kind === 'acknowledge' && !deferred)
  const early = answers.find((one) => goesOn(one))
  const moment = early ?? answers.at(-1) ?? null
  if (moment === null)
    return {
      station: { ...absent('acknowledge', 'present', 'answered when it ends'), ...way.end },
      moment,
    }
  return { station: present('acknowledge', moment, 'answers the sender'), moment }
}

const LEAVES =
  /^\s*(?:[;)}\]]|return\b|break\b|end\b|else\b|elsif\b|elif\b|catch\b|except\b|rescue\b|case\b|default\b|$)/

/** An answer may be put together in more than one line. */
const REST_OF_ANSWER =
  /^(?:[;\s]*(?:ctx|context|response|res|reply|w|c)(?:\.(?:response|res))?\.(?:status|statusCode|body|type|headers?|set|Header|setHeader)\b[^\n]*\n){1,4}/

/** Whether code of the same block follows an answer. */
function goesOn({ file, offset, text }: Moment): boolean {
  const statement = statementAt('function', file, offset)
  const { code } = quietOf(file)
  const line = code.slice(statement.start, statement.end)
  if (/\breturn\b/.test(line) || /^return\b/.test(text)) return false
  const after = code.slice(statement.end, statement.end + 600)
  const rest = after.slice(REST_OF_ANSWER.exec(after)?.[0].length ?? 0)
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
  if (first(way, ['raw']) === undefined && isPutTogether(check))
    return 'what is checked was parsed and put together again'
  const parsed = before.find(({ kind }) => kind === 'parse')
  return parsed !== undefined && first(way, ['raw']) === undefined && !needsNoBytes(check)
    ? `the body is read as data first, in line ${parsed.line}`
    : null
}

const AGAIN =
  /\b(?:JSON\.stringify|json\.dumps|json_encode|json\.Marshal|JsonSerializer\.Serialize|writeValueAsString|JSON\.generate)\b|\.to_json\b/

/** Whether the digest is made of a body that was parsed: its bytes are others. */
function isPutTogether({ file, offset }: Moment): boolean {
  const { code } = quietOf(file)
  const top = headersAbove(file, offset).at(-1)?.offset ?? 0
  return AGAIN.test(code.slice(Math.max(top, offset - 900), offset))
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

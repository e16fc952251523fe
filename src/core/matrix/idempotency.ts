import { isHandedAway } from '#core/matrix/delivery-way'
import type { Idempotency, IdempotencyClass } from '#core/matrix/matrix'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { standsInTransaction } from '#core/matrix/surroundings'
import type { Way } from '#core/matrix/way'
import type { ProviderFacts } from '#core/providers/provider'

const LOCKS =
  /\bfor\s+update\b|select_for_update|with_lock|\block!|lockForUpdate|advisory|serializable|\bmutex\b|redlock|PESSIMISTIC/i

/** How a handler keeps a second delivery from having an effect. */
export function idempotencyOf(way: Way): Idempotency {
  const { moments, facts } = way
  const claim = moments.find(({ kind }) => kind === 'claim')
  const look = moments.find(({ kind }) => kind === 'look')
  const seen = claim ?? look
  return {
    class: classOf(way, claim, look),
    key: seen === undefined ? null : keyIn(seen),
    scope: seen === undefined ? null : scopeIn(seen),
    lifetime: lifetimeOf(seen, facts),
    path: seen?.path ?? null,
    line: seen?.line ?? null,
  }
}

function classOf(way: Way, claim: Moment | undefined, look: Moment | undefined): IdempotencyClass {
  if (claim !== undefined) return classOfClaim(way, claim)
  if (look !== undefined) return LOCKS.test(around(look)) ? 'atomic-claim' : 'check-then-act'
  return isHandedAway(way) ? 'unknown' : 'none'
}

/** Whether a claim and what it is for happen together, or can be undone. */
function classOfClaim(way: Way, claim: Moment): IdempotencyClass {
  const { moments } = way
  const later = moments.slice(moments.indexOf(claim) + 1)
  const queued = moments.find(
    ({ kind, part }) => (kind === 'enqueue' || kind === 'beside') && part === 'handler',
  )
  const together = standsInTransaction(claim.file, claim.offset)
  const isDrained = way.hasWorker && queued === undefined
  if (isDrained && (together || claim.carries)) return 'outbox'
  if (together && queued?.kind === 'enqueue' && standsInTransaction(queued.file, queued.offset))
    return 'outbox'
  const isQueue =
    queued !== undefined &&
    queued.file === claim.file &&
    queued.offset <= claim.offset &&
    claim.offset <= queued.offset + MAX_QUEUED &&
    queued.text === claim.text
  const kept = later.some(
    (one) => one.kind === 'dead-letter' && one.part === 'handler' && !asksAgain(one),
  )
  const released = moments.some(({ kind }) => kind === 'release')
  const before = moments.slice(0, moments.indexOf(claim)).some(({ kind }) => kind === 'process')
  const goesOn = later.some(
    ({ kind, part }) =>
      part === claim.part &&
      (kind === 'process' ||
        kind === 'enqueue' ||
        kind === 'beside' ||
        (kind === 'store' && !before)),
  )
  if (together || isQueue || kept || released || !goesOn || TAKEN_BACK.test(claim.text))
    return 'atomic-claim'
  return 'claim-burned-on-failure'
}

const FAILS =
  /^[^}]{0,300}?(?:\b5\d\d\b|InternalServerError|ServiceUnavailable|internal_server_error|HTTP_5|\bthrow\b|\braise\b)/

/** Whether the sender is told to try again, though a failure is kept. */
function asksAgain({ file, offset }: Moment): boolean {
  const { end } = statementAt('function', file, offset)
  return FAILS.test(quietOf(file).code.slice(end, end + 300))
}

/** Characters of a statement that hands something to a queue. */
const MAX_QUEUED = 2_000
/** A claim that lets a failed event be taken again. */
const TAKEN_BACK = /\bdo\s+update\b[\s\S]{0,200}\bwhere\b/i

/** Characters before and after something in which a transaction or lock around it is looked for. */
const AROUND = 600

function around({ file, offset }: Moment): string {
  return quietOf(file).text.slice(Math.max(0, offset - AROUND), offset + AROUND / 2)
}

const KEY =
  /\b(?:\w+(?:\.|->|::|\[["']))*\w*(?:event|delivery|message|webhook|notification|request|idempotency|external|transmission|invocation)\w*(?:\.|->|_|\[["']|\.get\(["'])?(?:id|key|Id|ID|uuid|Uuid)\b["']?\]?|\b(?:event|payload|body|delivery|msg|message|evt|e)(?:\.|->|\[["'])id\b|\bdelivery\w*\b/

function keyIn(seen: Moment): string | null {
  const { start, end } = statementAt('function', seen.file, seen.offset)
  const text = quietOf(seen.file).text.slice(start, end + 200)
  return KEY.exec(text)?.[0]?.slice(0, 60) ?? null
}

const TABLE =
  /\binto\s+["'`]?(\w+)|\bfrom\s+["'`]?(\w+)|\bprisma\.(\w+)\.|\b([A-Z]\w+)\.(?:objects|create|find|where|first)|\b(\w*(?:[rR]epository|[rR]epo|[sS]tore|redis|cache|Cache|collection))\b/

function scopeIn(seen: Moment): string | null {
  const { start, end } = statementAt('function', seen.file, seen.offset)
  const match = TABLE.exec(quietOf(seen.file).text.slice(start, end))
  return match?.slice(1).find((one) => one !== undefined) ?? null
}

const EXPIRES =
  /\b(?:ex|EX|ttl|TTL|expir\w*|timeout|px|PX)\b["']?\s*(?::|=>|=|,|\()\s*([\d_*\s]{1,30})(?!\w)/
const IN_STORE = /\b(?:redis|cache|Cache|setnx|setIfAbsent|SetNX|nx)\b/

/** How long a claim is kept against how long a provider tries again. */
function lifetimeOf(seen: Moment | undefined, facts: ProviderFacts): Idempotency['lifetime'] {
  const neededHours = facts.webhooks?.retries?.value.hours ?? null
  const heldHours = seen === undefined ? null : heldFor(seen)
  const isKnown =
    seen !== undefined && neededHours !== null && !(heldHours === null && isCached(seen))
  if (!isKnown) return { heldHours, neededHours, verdict: 'unknown' }
  const covers = heldHours === null || heldHours >= neededHours
  return { heldHours, neededHours, verdict: covers ? 'covers' : 'too-short' }
}

const isCached = (seen: Moment) => IN_STORE.test(statementText(seen))

function statementText({ file, offset }: Moment): string {
  const { start, end } = statementAt('function', file, offset)
  return quietOf(file).text.slice(start, end)
}

/** Hours that a claim in a cache holds; null where it does not expire or nobody can tell. */
function heldFor(seen: Moment): number | null {
  const text = statementText(seen)
  if (!IN_STORE.test(text)) return null
  const match = EXPIRES.exec(text)
  const seconds = match?.[1] === undefined ? null : product(match[1])
  if (seconds === null) return null
  const isMilliseconds = /\bpx\b/i.test(match?.[0] ?? '')
  return (isMilliseconds ? seconds / 1_000 : seconds) / 3_600
}

/** `60 * 60 * 24` as a number. */
function product(text: string): number | null {
  const factors = text.split('*').map((part) => Number(part.replaceAll('_', '').trim()))
  return factors.every((one) => Number.isFinite(one) && one > 0)
    ? factors.reduce((all, one) => all * one, 1)
    : null
}

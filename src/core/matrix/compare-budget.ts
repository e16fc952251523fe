import type { Extent } from '#core/matrix/call-layer'
import { endsOfExtent } from '#core/matrix/layer-ends'

/**
 * Whether a worst case ends before a deadline. `within`: in any case. `exceeds`: in no case, however
 * the unknowns are chosen. `may-exceed`: it depends on them, or on chance. `unknown`: there is nothing
 * to compare.
 */
export type DeadlineFit = 'within' | 'may-exceed' | 'exceeds' | 'unknown'

/**
 * Compares the longest wait for an answer, in milliseconds, with a deadline in seconds: what a provider
 * grants for the acknowledgement, or the limit of a function. null is what is not known, or not there.
 * What ends at the deadline is late: the answer has yet to be sent.
 *
 * @throws RangeError for a deadline or an extent that is negative or not finite.
 */
export function compareDeadline(
  answerMs: Extent | null,
  deadlineSeconds: number | null,
): DeadlineFit {
  if (answerMs === null || deadlineSeconds === null) return 'unknown'
  const deadlineMs = endsOfExtent(deadlineSeconds, 'the deadline in seconds').least * 1000
  const { least, most } = endsOfExtent(answerMs, 'the longest wait for an answer')
  if (most < deadlineMs) return 'within'
  return least < deadlineMs ? 'may-exceed' : 'exceeds'
}

/** Whether an idempotency key is remembered for as long as the same thing may be sent again. */
export type KeyCover = 'covers' | 'too-short' | 'unknown'

/**
 * Compares for how long the other side remembers an idempotency key with the time over which the work
 * may be repeated, both in hours: a provider's deliveries, or `runMs` of a queue. null is not known,
 * and so is the answer where the two intervals overlap. Equal times cover: they count from the same
 * first attempt, and documentation states them in round numbers.
 *
 * @throws RangeError for an extent that is negative or not finite.
 */
export function compareKeyLifetime(
  lifetimeHours: Extent | null,
  windowHours: Extent | null,
): KeyCover {
  if (lifetimeHours === null || windowHours === null) return 'unknown'
  const lifetime = endsOfExtent(lifetimeHours, 'the lifetime of the key')
  const window = endsOfExtent(windowHours, 'the window of retries')
  if (lifetime.least >= window.most) return 'covers'
  return lifetime.most < window.least ? 'too-short' : 'unknown'
}

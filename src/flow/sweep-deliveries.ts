import { isHandled } from '#core/job/handled-events'
import { Problem } from '#core/problem'
import type { Clock, Log } from '#flow/ports'
import type { HookDeliveries, HookDelivery } from '#flow/pull-request-port'

/** What a sweep needs from the world. */
export interface SweepNeeds {
  readonly deliveries: HookDeliveries
  /** Which of these GUIDs the inbox has. */
  readonly knownGuids: (guids: readonly string[]) => Promise<ReadonlySet<string>>
  readonly clock: Clock
  readonly log: Log
}

/** GitHub forgets deliveries after three days (an enterprise server after seven). */
const RETENTION_MS = 7 * 24 * 3_600_000
const PAUSE_MS = 200
/** An attempt younger than this may still be on its way; the wait doubles with every attempt. */
const SETTLE_MS = 30_000
/** What the door was closed to is asked for at least so often, */
const MAX_WAIT_MS = 3_600_000
/** and for about a day: what was refused that often needs a person. */
const MAX_ATTEMPTS = 32

/**
 * Asks GitHub to send again what the inbox lacks: it never repeats a delivery by itself. Whatever
 * it recorded as the outcome does not matter, because an inbox can be lost after it had answered.
 * Sending again is harmless: every effect looks before it writes. A few attempts that met a closed
 * door say nothing of the next one: they come less often, and end after a day.
 *
 * @returns how many were asked for
 */
export async function sweepDeliveries(needs: SweepNeeds): Promise<number> {
  const now = needs.clock.now()
  const recorded = await needs.deliveries.since(now - RETENTION_MS)
  const wanted = recorded.filter(({ event, action }) => isHandled(event, action))
  const byGuid = Map.groupBy(wanted, (delivery) => delivery.guid)
  const known = await needs.knownGuids([...byGuid.keys()])
  const missing = [...byGuid]
    .filter(([guid, attempts]) => !known.has(guid) && attempts.length < MAX_ATTEMPTS)
    .map(([, attempts]) => ({ ...latest(attempts), attempts: attempts.length }))
    .filter(({ deliveredAt, attempts }) => deliveredAt <= now - waitAfter(attempts))
    .sort((a, b) => a.deliveredAt - b.deliveredAt)
  let sent = 0
  for (const delivery of missing) {
    try {
      await needs.deliveries.resend(delivery.id)
      sent += 1
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      needs.log.warn({ delivery: delivery.guid, because: failure.message }, 'delivery not resent')
      // Whatever else is missing will be found missing by the next sweep.
      if (failure.code === 'github.rate-limited') break
    }
    await needs.clock.sleep(PAUSE_MS)
  }
  needs.log.info({ recorded: recorded.length, resent: sent }, 'deliveries swept')
  return sent
}

function waitAfter(attempts: number): number {
  return Math.min(SETTLE_MS * 2 ** (attempts - 1), MAX_WAIT_MS)
}

function latest(attempts: readonly HookDelivery[]): HookDelivery {
  const [first, ...rest] = attempts
  if (first === undefined) throw new Error('a group of deliveries is never empty')
  return rest.reduce((a, b) => (b.deliveredAt > a.deliveredAt ? b : a), first)
}

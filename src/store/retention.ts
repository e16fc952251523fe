import * as z from 'zod'
import { DEAD_QUEUE, QUEUE_SCHEMA } from '#store/boss'
import type { Database } from '#store/database'
import { row } from '#store/database'

/** How many days things are kept. */
export interface Retention {
  /**
   * Identifiers of deliveries, without their bodies. Longer than GitHub can resend one, which is
   * 3 days on github.com and 7 on GitHub Enterprise Server.
   * https://docs.github.com/en/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
   */
  readonly deliveryDays: number
  /** Plans of runs that came to their end and words of posted answers: they quote code. */
  readonly planDays: number
  /** Ended runs with their effects: by them it is known which heads were reviewed. */
  readonly runDays: number
  /** One row per model call, and the sums of past days. */
  readonly ledgerDays: number
}

/** How many rows a purge removed, and how many plans it took out of theirs. */
export interface Purged {
  readonly deliveries: number
  /** Of runs that stay. */
  readonly plans: number
  readonly runs: number
  readonly ledger: number
}

const DAY_MS = 86_400_000
const ENDED = `ended_at < $1 and state in ('done', 'superseded', 'cancelled', 'dead')
  and (state <> 'dead' or not exists (
    select 1 from ${QUEUE_SCHEMA}.job where name = '${DEAD_QUEUE}' and singleton_key = pull_key))`
const Count = z.object({ removed: z.coerce.number() })

/** Removes what is older than its time; never what waits, is open, or can still be replayed. */
export async function purge(
  database: Database,
  retention: Retention,
  now: number,
): Promise<Purged> {
  const before = (days: number) => now - days * DAY_MS
  const remove = async (statement: string, limit: unknown) => {
    const found = await row(
      database,
      Count,
      `with gone as (${statement} returning 1) select count(*) as removed from gone`,
      [limit],
    )
    return found?.removed ?? 0
  }
  const oldestDay = new Date(before(retention.ledgerDays)).toISOString().slice(0, 10)
  await remove("delete from budgets where period <> 'ever' and period < $1", oldestDay)
  await remove(
    `delete from budgets where period = 'ever' and scope in (
       select 'run:' || run_key from runs where ${ENDED})`,
    before(retention.runDays),
  )
  await remove(
    `delete from budgets where period = 'ever' and scope in (
       select 'run:answer:' || comment_key from answers where created_at < $1)`,
    before(retention.runDays),
  )
  await remove('delete from answers where created_at < $1', before(retention.runDays))
  // The words of an answer that is not posted yet are still to be said as they are.
  await remove(
    "update answers set words = null where status = 'done' and words is not null and created_at < $1",
    before(retention.planDays),
  )
  await remove('delete from allowances where at < $1', before(1))
  await remove('delete from pauses where at < $1', before(retention.ledgerDays))
  await remove('delete from reservations where reserved_at < $1', before(retention.ledgerDays))
  return {
    deliveries: await remove(
      "delete from inbox where state = 'settled' and settled_at < $1",
      before(retention.deliveryDays),
    ),
    plans: await remove(
      `update runs set plan = null, plan_hash = null
       where plan is not null and state <> 'dead' and ${ENDED}`,
      before(retention.planDays),
    ),
    runs: await remove(`delete from runs where ${ENDED}`, before(retention.runDays)),
    ledger: await remove('delete from ledger where at < $1', before(retention.ledgerDays)),
  }
}

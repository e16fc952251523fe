import { isAxiosError } from 'axios'
import type { PlaidApi, RemovedTransaction, Transaction } from 'plaid'
import { sql } from '../db'
import { logger } from '../logger'

const PAGES = 200

/** The client is made with `baseOptions: { timeout: 20_000 }` in plaid.ts. */
export async function syncItem(plaid: PlaidApi, item: { id: string; accessToken: string; cursor: string | null }) {
  let cursor = item.cursor ?? undefined
  const upserts: Transaction[] = []
  const removed: RemovedTransaction[] = []

  for (let page = 0; ; page++) {
    if (page === PAGES) throw new Error(`item ${item.id}: more than ${PAGES} pages`)
    try {
      const { data } = await plaid.transactionsSync(
        { access_token: item.accessToken, cursor, count: 500 },
        { timeout: 20_000 },
      )
      upserts.push(...data.added, ...data.modified)
      removed.push(...data.removed)
      cursor = data.next_cursor
      if (!data.has_more) break
    } catch (error) {
      const code: unknown = isAxiosError(error) ? error.response?.data?.error_code : undefined
      logger.warn({ itemId: item.id, code }, 'plaid sync stopped')
      throw error
    }
  }

  await sql.begin(async (tx) => {
    for (const t of upserts) {
      await tx`
        insert into bank_transactions (id, item_id, account_id, amount, currency, booked_on, name)
        values (${t.transaction_id}, ${item.id}, ${t.account_id}, ${t.amount}, ${t.iso_currency_code}, ${t.date}, ${t.name})
        on conflict (id) do update set amount = excluded.amount, booked_on = excluded.booked_on, name = excluded.name`
    }
    for (const r of removed) {
      await tx`delete from bank_transactions where id = ${r.transaction_id}`
    }
    await tx`update bank_items set cursor = ${cursor ?? null}, synced_at = now() where id = ${item.id}`
  })
}

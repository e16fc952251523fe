import type { OutboxRow } from './outbox-row'
import { outbox } from './outbox-repository'
import { logger } from '../logger'

const BASE = 'https://api.iterable.com/api'

function toUpdate(row: OutboxRow) {
  return {
    email: row.payload.email,
    dataFields: {
      firstName: row.payload.firstName,
      loyaltyTier: row.payload.tier,
      lastBookingAt: row.payload.lastBookingAt,
    },
    mergeNestedObjects: true,
  }
}

async function updateUser(row: OutboxRow): Promise<void> {
  await fetch(`${BASE}/users/update`, {
    method: 'POST',
    headers: {
      'Api-Key': process.env.ITERABLE_API_KEY!,
      'content-type': 'application/json',
    },
    body: JSON.stringify(toUpdate(row)),
  })
}

export async function drainIterable(batchSize = 50): Promise<number> {
  const rows = await outbox.claim('iterable', batchSize)
  for (const row of rows) {
    try {
      await updateUser(row)
      await outbox.markDone(row.id)
    } catch (error) {
      logger.error({ err: error, rowId: row.id }, 'iterable update failed')
      await outbox.release(row.id)
    }
  }
  return rows.length
}

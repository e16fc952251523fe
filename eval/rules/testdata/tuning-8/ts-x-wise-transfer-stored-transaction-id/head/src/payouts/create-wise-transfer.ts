import pRetry, { AbortError } from 'p-retry'
import { z } from 'zod'
import { wiseConfig } from '../config/wise'
import { logger } from '../logger'

const Transfer = z.object({ id: z.number(), status: z.string() })

/** `transactionId` is written with the payout row, before the first call. */
export interface PayoutRow {
  id: string
  transactionId: string
  quoteId: string
  recipientId: number
  reference: string
}

export async function createTransfer(row: PayoutRow) {
  const body = JSON.stringify({
    targetAccount: row.recipientId,
    quoteUuid: row.quoteId,
    customerTransactionId: row.transactionId,
    details: { reference: row.reference },
  })

  const attempt = async () => {
    const response = await fetch(`${wiseConfig.baseUrl}/v1/transfers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${wiseConfig.token}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(15_000),
    })
    if (response.ok) return Transfer.parse(await response.json())
    if (response.status < 500 && response.status !== 429) {
      throw new AbortError(`wise refused the transfer: ${response.status}`)
    }
    throw new Error(`wise answered ${response.status}`)
  }

  return pRetry(attempt, {
    retries: 4,
    minTimeout: 1_000,
    randomize: true,
    onFailedAttempt: (error) => logger.warn({ payoutId: row.id, attempt: error.attemptNumber }, error.message),
  })
}

import { randomUUID } from 'node:crypto'
import pRetry, { AbortError } from 'p-retry'
import { z } from 'zod'
import { wiseConfig } from '../config/wise'
import { logger } from '../logger'

const Transfer = z.object({ id: z.number(), status: z.string() })

export interface PayoutOrder {
  payoutId: string
  quoteId: string
  recipientId: number
  reference: string
}

async function postTransfer(order: PayoutOrder) {
  const response = await fetch(`${wiseConfig.baseUrl}/v1/transfers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${wiseConfig.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      targetAccount: order.recipientId,
      quoteUuid: order.quoteId,
      customerTransactionId: randomUUID(),
      details: { reference: order.reference },
    }),
    signal: AbortSignal.timeout(15_000),
  })
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new AbortError(`wise refused the transfer: ${response.status}`)
  }
  if (!response.ok) {
    throw new Error(`wise answered ${response.status}`)
  }
  return Transfer.parse(await response.json())
}

export async function createTransfer(order: PayoutOrder) {
  return pRetry(() => postTransfer(order), {
    retries: 4,
    minTimeout: 1_000,
    factor: 2,
    randomize: true,
    onFailedAttempt: (error) => logger.warn({ payoutId: order.payoutId, attempt: error.attemptNumber }, error.message),
  })
}

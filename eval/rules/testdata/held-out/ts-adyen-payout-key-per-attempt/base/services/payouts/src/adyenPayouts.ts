import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { env } from './env'
import { log } from './log'

const PayoutResult = z.object({ pspReference: z.string(), resultCode: z.string() })

export interface Payout {
  id: string
  shopperReference: string
  storedPaymentMethodId: string
  amount: { value: number; currency: string }
}

const MAX_ATTEMPTS = 4

export async function submitPayout(payout: Payout): Promise<z.infer<typeof PayoutResult>> {
  for (let attempt = 1; ; attempt++) {
    let failure: string
    try {
      const response = await fetch(`${env.ADYEN_PAYOUT_URL}/pal/servlet/Payout/v68/payout`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': env.ADYEN_PAYOUT_KEY,
          'idempotency-key': payout.id,
        },
        body: JSON.stringify({
          merchantAccount: env.ADYEN_MERCHANT_ACCOUNT,
          reference: payout.id,
          shopperReference: payout.shopperReference,
          selectedRecurringDetailReference: payout.storedPaymentMethodId,
          amount: payout.amount,
        }),
        signal: AbortSignal.timeout(15_000),
      })
      if (response.ok) return PayoutResult.parse(await response.json())
      if (response.status < 500 && response.status !== 429) {
        throw new PayoutRejected(payout.id, response.status)
      }
      failure = `status ${response.status}`
    } catch (err) {
      if (err instanceof PayoutRejected || err instanceof z.ZodError) throw err
      failure = err instanceof Error ? err.name : 'unknown'
    }
    if (attempt === MAX_ATTEMPTS) throw new Error(`payout ${payout.id} failed: ${failure}`)
    log.warn({ payout: payout.id, attempt, failure }, 'payout attempt failed')
    await sleep(500 * 2 ** attempt + Math.random() * 250)
  }
}

export class PayoutRejected extends Error {
  constructor(readonly payoutId: string, readonly status: number) {
    super(`payout ${payoutId} rejected with ${status}`)
  }
}

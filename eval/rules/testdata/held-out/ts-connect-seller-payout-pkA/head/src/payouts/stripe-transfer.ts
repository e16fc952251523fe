import Stripe from 'stripe'
import { payouts } from './payouts.repository'
import type { Payout } from './payout'
import { logger } from '../logger'

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!, { maxNetworkRetries: 2 })

export async function transferPayout(payout: Payout): Promise<void> {
  if (payout.state !== 'approved') {
    throw new Error(`payout ${payout.id} is ${payout.state}`)
  }

  try {
    const transfer = await stripe.transfers.create(
      {
        amount: payout.amountMinor,
        currency: payout.currency.toLowerCase(),
        destination: payout.seller.stripeAccountId,
        transfer_group: payout.settlementId,
        metadata: { payout_id: payout.id },
      },
      { idempotencyKey: `payout:${payout.id}` },
    )
    await payouts.markSent(payout.id, transfer.id)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) {
      logger.warn({ payoutId: payout.id, code: error.code }, 'payout refused')
      await payouts.markRefused(payout.id, error.code ?? error.type)
      return
    }
    logger.error({ err: error, payoutId: payout.id }, 'payout not transferred')
    throw error
  }
}

import Stripe from 'stripe'
import { env } from '../env'
import { logger } from '../logger'
import type { Order } from '../orders/order'

const stripe = new Stripe(env.STRIPE_SECRET_KEY, {
  apiVersion: '2024-06-20',
  maxNetworkRetries: 2,
  appInfo: { name: 'storefront-orders' },
})

export type ChargeResult =
  | { kind: 'paid'; paymentIntentId: string }
  | { kind: 'declined'; code: string }
  | { kind: 'action-required'; clientSecret: string }

export async function chargeOrder(order: Order): Promise<ChargeResult> {
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: order.totalMinor,
        currency: order.currency.toLowerCase(),
        customer: order.stripeCustomerId,
        payment_method: order.paymentMethodId,
        confirm: true,
        return_url: `${env.PUBLIC_URL}/orders/${order.id}`,
        metadata: { order_id: order.id },
      },
      { idempotencyKey: `charge-${order.id}-${order.paymentAttempt}` },
    )
    logger.info({ order: order.id, intent: intent.id, status: intent.status }, 'payment intent created')
    if (intent.status === 'succeeded') return { kind: 'paid', paymentIntentId: intent.id }
    if (intent.status === 'requires_action' && intent.client_secret) {
      return { kind: 'action-required', clientSecret: intent.client_secret }
    }
    throw new Error(`payment intent ${intent.id} in unexpected status ${intent.status}`)
  } catch (err) {
    if (err instanceof Stripe.errors.StripeCardError) {
      logger.info({ order: order.id, code: err.code }, 'card declined')
      return { kind: 'declined', code: err.decline_code ?? err.code ?? 'declined' }
    }
    throw err
  }
}

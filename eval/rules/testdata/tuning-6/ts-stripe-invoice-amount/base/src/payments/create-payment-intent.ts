import Stripe from 'stripe'
import type { Logger } from 'pino'
import type { OrderRepository } from '../orders/order-repository'

export interface Order {
  id: string
  customerId: string
  /** gross total in euros, e.g. 49.9 */
  total: number
  lines: { sku: string; quantity: number; unitPrice: number }[]
}

export class PaymentService {
  constructor(
    private readonly stripe: Stripe,
    private readonly orders: OrderRepository,
    private readonly log: Logger,
  ) {}

  async start(order: Order, stripeCustomerId: string): Promise<{ clientSecret: string }> {
    const intent = await this.stripe.paymentIntents.create(
      {
        amount: Math.round(order.total * 100),
        currency: 'eur',
        customer: stripeCustomerId,
        automatic_payment_methods: { enabled: true },
        metadata: { order_id: order.id, customer_id: order.customerId },
        description: `Order ${order.id} (${order.lines.length} lines)`,
      },
      { idempotencyKey: `order-${order.id}-intent` },
    )
    if (!intent.client_secret) {
      throw new Error(`payment intent ${intent.id} has no client secret`)
    }

    await this.orders.attachPaymentIntent(order.id, intent.id)
    this.log.info({ orderId: order.id, intent: intent.id }, 'payment intent created')
    return { clientSecret: intent.client_secret }
  }
}

import { stripe } from '../lib/stripe';
import { config } from '../config';
import type { Basket } from './basket';
import { BasketRepository } from './basket-repository';

export class CheckoutService {
  constructor(private readonly baskets: BasketRepository) {}

  async start(basket: Basket): Promise<string> {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: basket.id,
        customer_email: basket.email,
        success_url: `${config.publicUrl}/checkout/done`,
        cancel_url: `${config.publicUrl}/basket`,
        line_items: basket.lines.map((line) => ({
          quantity: line.quantity,
          price_data: {
            currency: basket.currency,
            unit_amount: line.unitMinor,
            product_data: { name: line.title },
          },
        })),
      },
      { idempotencyKey: `checkout-${basket.id}-${basket.revision}` },
    );
    if (!session.url) {
      throw new Error(`checkout session ${session.id} has no url`);
    }
    await this.baskets.attachSession(basket.id, session.id);
    return session.url;
  }
}

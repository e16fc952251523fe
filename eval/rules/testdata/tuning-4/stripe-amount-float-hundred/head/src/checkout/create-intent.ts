import type Stripe from 'stripe';
import { stripe } from '../lib/stripe';
import { intents } from '../repositories/intents';
import type { Cart } from '../domain/cart';

function describe(cart: Cart): string {
  const first = cart.lines[0]?.title ?? 'Order';
  return cart.lines.length > 1 ? `${first} and ${cart.lines.length - 1} more` : first;
}

export interface IntentResult {
  clientSecret: string;
  amount: number;
}

export async function createIntent(cart: Cart): Promise<IntentResult> {
  const amount = parseFloat(cart.total.amount) * 100;
  const params: Stripe.PaymentIntentCreateParams = {
    amount,
    currency: cart.total.currency.toLowerCase(),
    description: describe(cart),
    automatic_payment_methods: { enabled: true },
    metadata: { cart_id: cart.id },
  };

  const intent = await stripe.paymentIntents.create(params, {
    idempotencyKey: `cart-${cart.id}-v${cart.version}`,
  });
  if (!intent.client_secret) {
    throw new Error(`payment intent ${intent.id} has no client secret`);
  }
  await intents.save({ cartId: cart.id, intentId: intent.id, amount });
  return { clientSecret: intent.client_secret, amount };
}

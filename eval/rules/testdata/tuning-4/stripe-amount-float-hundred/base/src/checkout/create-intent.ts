import type Stripe from 'stripe';
import { stripe } from '../lib/stripe';
import { intents } from '../repositories/intents';
import type { Cart } from '../domain/cart';

const EXPONENT: Record<string, number> = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KRW: 0 };

function toMinor(amount: string, currency: string): number {
  const exponent = EXPONENT[currency];
  if (exponent === undefined) throw new Error(`currency ${currency} is not supported`);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(amount);
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > exponent) throw new Error(`amount ${amount} ${currency} is malformed`);
  return Number(match[1] + fraction.padEnd(exponent, '0'));
}

function describe(cart: Cart): string {
  const first = cart.lines[0]?.title ?? 'Order';
  return cart.lines.length > 1 ? `${first} and ${cart.lines.length - 1} more` : first;
}

export interface IntentResult {
  clientSecret: string;
  amount: number;
}

export async function createIntent(cart: Cart): Promise<IntentResult> {
  const amount = toMinor(cart.total.amount, cart.total.currency);
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

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { env } from './env';

const stripe = new Stripe(env.STRIPE_SECRET_KEY, {
  apiVersion: '2024-06-20',
  timeout: 15_000,
  maxNetworkRetries: 0,
});

const MAX_ATTEMPTS = 4;

export interface DueCharge {
  id: string;
  customer: string;
  paymentMethod: string;
  amountMinor: number;
  currency: string;
}

function transient(err: unknown): boolean {
  return (
    err instanceof Stripe.errors.StripeConnectionError ||
    err instanceof Stripe.errors.StripeRateLimitError ||
    (err instanceof Stripe.errors.StripeAPIError && (err.statusCode ?? 500) >= 500)
  );
}

function backoff(attempt: number): number {
  const ceiling = Math.min(500 * 2 ** attempt, 8_000);
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

export async function collect(charge: DueCharge): Promise<Stripe.PaymentIntent> {
  if (!Number.isSafeInteger(charge.amountMinor) || charge.amountMinor <= 0) {
    throw new RangeError(`bad amount for charge ${charge.id}`);
  }

  for (let attempt = 1; ; attempt++) {
    try {
      return await stripe.paymentIntents.create(
        {
          amount: charge.amountMinor,
          currency: charge.currency,
          customer: charge.customer,
          payment_method: charge.paymentMethod,
          off_session: true,
          confirm: true,
          metadata: { due_charge: charge.id },
        },
        { idempotencyKey: randomUUID() },
      );
    } catch (err) {
      if (!transient(err) || attempt >= MAX_ATTEMPTS) throw err;
      await sleep(backoff(attempt));
    }
  }
}

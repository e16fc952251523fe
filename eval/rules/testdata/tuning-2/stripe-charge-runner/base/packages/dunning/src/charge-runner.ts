import Stripe from 'stripe';
import { env } from './env';

const stripe = new Stripe(env.STRIPE_SECRET_KEY, {
  apiVersion: '2024-06-20',
  timeout: 15_000,
  maxNetworkRetries: 3,
});

export interface DueCharge {
  id: string;
  customer: string;
  paymentMethod: string;
  amountMinor: number;
  currency: string;
}

export async function collect(charge: DueCharge): Promise<Stripe.PaymentIntent> {
  if (!Number.isSafeInteger(charge.amountMinor) || charge.amountMinor <= 0) {
    throw new RangeError(`bad amount for charge ${charge.id}`);
  }

  return stripe.paymentIntents.create(
    {
      amount: charge.amountMinor,
      currency: charge.currency,
      customer: charge.customer,
      payment_method: charge.paymentMethod,
      off_session: true,
      confirm: true,
      metadata: { due_charge: charge.id },
    },
    { idempotencyKey: `due-charge-${charge.id}` },
  );
}

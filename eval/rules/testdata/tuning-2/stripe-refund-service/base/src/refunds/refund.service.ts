import Stripe from 'stripe';
import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema';

export class RefundService {
  constructor(
    private readonly stripe: Stripe,
    private readonly db: Kysely<Schema>,
  ) {}

  /** Safe to call again for the same request: key and parameters come from the stored row. */
  async execute(requestId: string): Promise<string> {
    const request = await this.db
      .selectFrom('refund_requests')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow();
    if (request.stripe_refund_id) return request.stripe_refund_id;

    const refund = await this.stripe.refunds.create(
      {
        payment_intent: request.payment_intent,
        amount: request.amount_minor,
        reason: 'requested_by_customer',
        metadata: { refund_request: request.id },
      },
    );

    await this.db
      .updateTable('refund_requests')
      .set({ stripe_refund_id: refund.id, executed_at: new Date() })
      .where('id', '=', request.id)
      .execute();
    return refund.id;
  }
}

export function createStripe(secretKey: string): Stripe {
  return new Stripe(secretKey, {
    apiVersion: '2024-06-20',
    timeout: 15_000,
  });
}

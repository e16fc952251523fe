import Stripe from 'stripe';
import { Injectable, Logger, UnprocessableEntityException } from '@nestjs/common';
import { STRIPE } from '../stripe/stripe.module';
import { Inject } from '@nestjs/common';
import { RefundsRepository } from './refunds.repository';

@Injectable()
export class RefundService {
  private readonly logger = new Logger(RefundService.name);

  constructor(
    @Inject(STRIPE) private readonly stripe: Stripe,
    private readonly refunds: RefundsRepository,
  ) {}

  async refund(refundId: string): Promise<void> {
    const request = await this.refunds.getOrFail(refundId);
    if (request.stripeRefundId) return;

    try {
      const refund = await this.stripe.refunds.create(
        {
          payment_intent: request.paymentIntentId,
          amount: request.amountMinor,
          reason: 'requested_by_customer',
          metadata: { refund_id: request.id },
        },
        { idempotencyKey: `refund:${request.id}` },
      );
      await this.refunds.attachStripeRefund(request.id, refund.id, refund.status ?? 'pending');
      this.logger.log(`refund ${request.id} created as ${refund.id}`);
    } catch (err) {
      if (err instanceof Stripe.errors.StripeInvalidRequestError) {
        await this.refunds.markRejected(request.id, err.code ?? 'invalid_request');
        throw new UnprocessableEntityException(`refund rejected: ${err.code}`);
      }
      throw err;
    }
  }
}

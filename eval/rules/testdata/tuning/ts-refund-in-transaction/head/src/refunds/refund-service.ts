import type { PrismaClient } from '@prisma/client';
import type Stripe from 'stripe';
import { ConflictError, NotFoundError } from '../errors';

export class RefundService {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly stripe: Stripe,
  ) {}

  async refund(orderId: string, amountMinor: number, actorId: string) {
    return this.prisma.$transaction(async (tx) => {
      const order = await tx.order.findUnique({ where: { id: orderId } });
      if (!order) throw new NotFoundError('order');
      if (order.refundedMinor + amountMinor > order.paidMinor) {
        throw new ConflictError('amount exceeds what was paid');
      }

      const refund = await this.stripe.refunds.create(
        { payment_intent: order.paymentIntentId, amount: amountMinor, metadata: { orderId } },
        { idempotencyKey: `refund-${orderId}-${order.refundedMinor}-${amountMinor}`, timeout: 10_000 },
      );

      await tx.order.update({
        where: { id: orderId },
        data: { refundedMinor: { increment: amountMinor } },
      });
      await tx.refund.create({
        data: { orderId, stripeRefundId: refund.id, amountMinor, status: refund.status ?? 'pending', actorId },
      });
      return refund.id;
    });
  }
}

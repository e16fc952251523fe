import type { PrismaClient } from '@prisma/client';
import type Stripe from 'stripe';
import { ConflictError, NotFoundError } from '../errors';

export class RefundService {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly stripe: Stripe,
  ) {}

  async request(orderId: string, amountMinor: number, actorId: string): Promise<string> {
    return this.prisma.$transaction(async (tx) => {
      // SELECT … FOR UPDATE through a tagged template
      const [order] = await tx.$queryRaw<{ paid_minor: number; refunded_minor: number }[]>`
        SELECT paid_minor, refunded_minor FROM orders WHERE id = ${orderId} FOR UPDATE`;
      if (!order) throw new NotFoundError('order');
      if (order.refunded_minor + amountMinor > order.paid_minor) {
        throw new ConflictError('amount exceeds what was paid');
      }
      await tx.order.update({ where: { id: orderId }, data: { refundedMinor: { increment: amountMinor } } });
      const refund = await tx.refund.create({ data: { orderId, amountMinor, status: 'requested', actorId } });
      return refund.id;
    });
  }

  /** Runs in the worker for refunds in state "requested"; may be repeated. */
  async submit(refundId: string): Promise<void> {
    const refund = await this.prisma.refund.findUniqueOrThrow({ where: { id: refundId }, include: { order: true } });
    if (refund.status !== 'requested') return;
    const created = await this.stripe.refunds.create(
      { payment_intent: refund.order.paymentIntentId, amount: refund.amountMinor, metadata: { refundId } },
      { idempotencyKey: `refund-${refundId}`, timeout: 10_000 },
    );
    await this.prisma.refund.update({
      where: { id: refundId },
      data: { status: 'submitted', stripeRefundId: created.id },
    });
  }
}

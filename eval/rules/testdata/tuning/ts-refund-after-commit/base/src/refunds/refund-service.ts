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

  async submit(refundId: string): Promise<void> {
    throw new Error(`refund ${refundId}: not implemented`);
  }
}

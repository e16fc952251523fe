import { Injectable, Logger } from '@nestjs/common';
import type Stripe from 'stripe';
import { PrismaService } from '../prisma/prisma.service';

const DAYS_PER_UNIT = 30;

/** Called by StripeWebhookController once constructEvent() has accepted the request. */
@Injectable()
export class InvoicePaidService {
  private readonly logger = new Logger(InvoicePaidService.name);

  constructor(private readonly prisma: PrismaService) {}

  async handle(event: Stripe.InvoicePaidEvent): Promise<void> {
    const invoice = event.data.object;
    const customerId = typeof invoice.customer === 'string' ? invoice.customer : invoice.customer?.id;
    if (!customerId) {
      throw new Error(`invoice ${invoice.id} has no customer`);
    }

    const seen = await this.prisma.processedEvent.findUnique({ where: { eventId: event.id } });
    if (seen) {
      this.logger.debug(`skip ${event.id}`);
      return;
    }

    const units = invoice.lines.data.reduce((sum, line) => sum + (line.quantity ?? 0), 0);
    const account = await this.prisma.account.findUniqueOrThrow({
      where: { stripeCustomerId: customerId },
      select: { id: true },
    });

    await this.prisma.accessGrant.create({
      data: {
        accountId: account.id,
        days: units * DAYS_PER_UNIT,
        sourceInvoice: invoice.id,
      },
    });
    await this.prisma.account.update({
      where: { id: account.id },
      data: { prepaidDays: { increment: units * DAYS_PER_UNIT } },
    });

    await this.prisma.processedEvent.create({ data: { eventId: event.id, type: event.type } });
    this.logger.log(`invoice ${invoice.id} added ${units * DAYS_PER_UNIT} days`);
  }
}

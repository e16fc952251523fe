import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';
import type { PaddleTransactionCompleted } from './paddle.types';

@Injectable()
export class PaddleEventsService {
  private readonly logger = new Logger(PaddleEventsService.name);

  constructor(private readonly prisma: PrismaService) {}

  /** Called by the verified webhook controller, once per delivery. */
  async onTransactionCompleted(event: PaddleTransactionCompleted): Promise<void> {
    const seen = await this.prisma.webhookEvent.findFirst({
      where: { provider: 'paddle', externalId: event.event_id },
    });
    if (seen) {
      this.logger.log(`paddle event ${event.event_id} already handled`);
      return;
    }

    const credits = this.creditsFor(event);
    await this.prisma.account.update({
      where: { paddleCustomerId: event.data.customer_id },
      data: { credits: { increment: credits } },
    });
    await this.prisma.webhookEvent.create({
      data: { provider: 'paddle', externalId: event.event_id, occurredAt: new Date(event.occurred_at) },
    });
    this.logger.log(`added ${credits} credits for paddle event ${event.event_id}`);
  }

  private creditsFor(event: PaddleTransactionCompleted): number {
    return event.data.items.reduce((sum, item) => {
      const perUnit = Number(item.price.custom_data?.credits ?? 0);
      if (!Number.isInteger(perUnit)) {
        throw new Error(`price ${item.price.id} has no integer credits`);
      }
      return sum + perUnit * item.quantity;
    }, 0);
  }
}

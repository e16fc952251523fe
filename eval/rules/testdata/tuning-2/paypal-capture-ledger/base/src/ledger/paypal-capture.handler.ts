import { Injectable, Logger } from '@nestjs/common';
import { Prisma } from '@prisma/client';
import { PrismaService } from '../prisma/prisma.service';
import { toMinor } from '../money/to-minor';
import type { CaptureCompleted } from './paypal-events';

/** Runs in the inbox worker. The controller has verified the transmission and stored the event. */
@Injectable()
export class PaypalCaptureHandler {
  private readonly logger = new Logger(PaypalCaptureHandler.name);

  constructor(private readonly prisma: PrismaService) {}

  async handle(event: CaptureCompleted): Promise<'booked' | 'duplicate'> {
    const { resource } = event;
    const amountMinor = toMinor(resource.amount.value, resource.amount.currency_code);

    const seen = await this.prisma.handledEvent.findFirst({ where: { source: 'paypal', eventId: event.id } });
    if (seen) return 'duplicate';
    try {
      await this.prisma.$transaction([
        this.prisma.booking.create({
          data: {
            captureId: resource.id,
            orderRef: resource.custom_id,
            currency: resource.amount.currency_code,
            amountMinor,
          },
        }),
        this.prisma.order.update({
          where: { ref: resource.custom_id },
          data: { paidMinor: { increment: amountMinor } },
        }),
      ]);
      await this.prisma.handledEvent.create({ data: { source: 'paypal', eventId: event.id } });
      return 'booked';
    } catch (err) {
      if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') {
        this.logger.debug(`event ${event.id} was booked before`);
        return 'duplicate';
      }
      throw err;
    }
  }
}

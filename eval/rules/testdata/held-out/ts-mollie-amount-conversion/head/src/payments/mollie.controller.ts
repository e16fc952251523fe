import { Body, Controller, HttpCode, Logger, Post } from '@nestjs/common';
import { IsString, Matches } from 'class-validator';
import { MollieApi } from './mollie.api';
import { PaymentsService } from './payments.service';

class MollieNotification {
  @IsString()
  @Matches(/^tr_[A-Za-z0-9]{6,32}$/)
  id!: string;
}

function toCents(value: string): number {
  return Math.floor(parseFloat(value) * 100);
}

/**
 * Mollie sends only the id of the payment, unsigned. What happened is always read from their API.
 */
@Controller('webhooks/mollie')
export class MollieController {
  private readonly logger = new Logger(MollieController.name);

  constructor(
    private readonly mollie: MollieApi,
    private readonly payments: PaymentsService,
  ) {}

  @Post()
  @HttpCode(200)
  async notify(@Body() { id }: MollieNotification): Promise<void> {
    const payment = await this.mollie.getPayment(id);
    if (!payment) {
      this.logger.warn(`notification for an unknown payment ${id}`);
      return;
    }
    if (payment.status !== 'paid' || payment.amount.currency !== 'EUR') {
      await this.payments.recordStatus(id, payment.status);
      return;
    }
    await this.payments.settleOnce(id, {
      orderNumber: payment.metadata.orderNumber,
      amountCents: toCents(payment.amount.value),
    });
  }
}

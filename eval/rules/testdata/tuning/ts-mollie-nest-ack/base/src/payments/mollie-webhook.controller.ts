import { Body, Controller, HttpCode, Logger, Post } from '@nestjs/common';
import { PaymentsService } from './payments.service';
import { NotificationOutbox } from './notification-outbox.service';
import { MollieNotificationDto } from './dto/mollie-notification.dto';

@Controller('webhooks/mollie')
export class MollieWebhookController {
  private readonly logger = new Logger(MollieWebhookController.name);

  constructor(
    private readonly payments: PaymentsService,
    private readonly outbox: NotificationOutbox,
  ) {}

  /**
   * Mollie posts only the id of the payment (class-validator checks tr_…); the state is always read
   * back from their API, and the transition is applied idempotently per payment.
   */
  @Post()
  @HttpCode(200)
  async notify(@Body() body: MollieNotificationDto): Promise<void> {
    await this.outbox.persist({ provider: 'mollie', paymentId: body.id });
  }
}

import { Body, Controller, HttpCode, Logger, Post } from '@nestjs/common';
import { PaymentsService } from './payments.service';
import { MollieNotificationDto } from './dto/mollie-notification.dto';

@Controller('webhooks/mollie')
export class MollieWebhookController {
  private readonly logger = new Logger(MollieWebhookController.name);

  constructor(
    private readonly payments: PaymentsService,
  ) {}

  /**
   * Mollie posts only the id of the payment (class-validator checks tr_…); the state is always read
   * back from their API, and the transition is applied idempotently per payment.
   */
  @Post()
  @HttpCode(200)
  notify(@Body() body: MollieNotificationDto): void {
    setImmediate(() => {
      this.payments
        .syncFromMollie(body.id)
        .catch((err: Error) => this.logger.error(`sync of ${body.id} failed: ${err.message}`));
    });
  }
}

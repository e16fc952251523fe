import { Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { StripeConnectGuard, type StripeRequest } from '../stripe/stripe-connect.guard';

@Controller('integrations/stripe-connect')
export class ConnectEventsController {
  constructor(@InjectQueue('connect-events') private readonly queue: Queue) {}

  @Post()
  @HttpCode(200)
  @UseGuards(StripeConnectGuard)
  async receive(@Req() req: StripeRequest): Promise<void> {
    const event = req.stripeEvent;
    if (!event.account) return;

    await this.queue.add(
      event.type,
      { eventId: event.id, account: event.account, object: event.data.object },
      { jobId: event.id, attempts: 6, backoff: { type: 'exponential', delay: 1_500 } },
    );
  }
}

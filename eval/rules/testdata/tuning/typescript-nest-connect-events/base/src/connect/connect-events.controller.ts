import { BadRequestException, Controller, Headers, HttpCode, Post, RawBodyRequest, Req } from '@nestjs/common';
import type { Request } from 'express';
import Stripe from 'stripe';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { StripeConfig } from '../stripe/stripe.config';

@Controller('integrations/stripe-connect')
export class ConnectEventsController {
  constructor(
    private readonly stripe: Stripe,
    private readonly config: StripeConfig,
    @InjectQueue('connect-events') private readonly queue: Queue,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() req: RawBodyRequest<Request>, @Headers('stripe-signature') header: string): Promise<void> {
    let event: Stripe.Event;
    try {
      event = this.stripe.webhooks.constructEvent(req.rawBody!, header, this.config.connectSecret);
    } catch {
      throw new BadRequestException();
    }
    if (!event.account) return;

    await this.queue.add(
      event.type,
      { eventId: event.id, account: event.account, object: event.data.object },
      { jobId: event.id, attempts: 6, backoff: { type: 'exponential', delay: 1_500 } },
    );
  }
}

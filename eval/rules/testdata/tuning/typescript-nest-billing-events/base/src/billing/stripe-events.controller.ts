import { BadRequestException, Controller, Headers, HttpCode, Post, RawBodyRequest, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ConfigService } from '@nestjs/config';
import Stripe from 'stripe';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';

const HANDLED = new Set<string>([
  'invoice.paid',
  'invoice.payment_failed',
  'customer.subscription.updated',
  'customer.subscription.deleted',
]);

@Controller('integrations/stripe')
export class StripeEventsController {
  constructor(
    private readonly stripe: Stripe,
    private readonly config: ConfigService,
    @InjectQueue('billing-events') private readonly queue: Queue,
  ) {}

  @Post('events')
  @HttpCode(200)
  async receive(
    @Req() req: RawBodyRequest<Request>,
    @Headers('stripe-signature') signature: string,
  ): Promise<{ received: true }> {
    let event: Stripe.Event;
    try {
      event = this.stripe.webhooks.constructEvent(
        req.rawBody!,
        signature,
        this.config.getOrThrow<string>('STRIPE_WEBHOOK_SECRET'),
      );
    } catch {
      throw new BadRequestException('invalid signature');
    }
    if (HANDLED.has(event.type)) {
      await this.enqueue(event);
    }
    return { received: true };
  }

  private async enqueue(event: Stripe.Event): Promise<void> {
    await this.queue.add(
      event.type,
      { id: event.id, created: event.created, object: event.data.object },
      {
        jobId: event.id,
        attempts: 8,
        backoff: { type: 'exponential', delay: 2_000 },
        removeOnComplete: { age: 7 * 24 * 3600 },
      },
    );
  }
}

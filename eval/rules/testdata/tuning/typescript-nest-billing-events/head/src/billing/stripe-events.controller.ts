import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type Stripe from 'stripe';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { StripeEventDto } from './dto/stripe-event.dto';

const HANDLED = new Set<string>([
  'invoice.paid',
  'invoice.payment_failed',
  'customer.subscription.updated',
  'customer.subscription.deleted',
]);

@Controller('integrations/stripe')
export class StripeEventsController {
  constructor(@InjectQueue('billing-events') private readonly queue: Queue) {}

  @Post('events')
  @HttpCode(200)
  async receive(@Body() event: StripeEventDto): Promise<{ received: true }> {
    if (HANDLED.has(event.type)) {
      await this.enqueue(event as unknown as Stripe.Event);
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

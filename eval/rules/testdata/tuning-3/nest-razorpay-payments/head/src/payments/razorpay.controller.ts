import { Controller, Headers, HttpCode, Post, RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import type { Request } from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { razorpayEventSchema } from './razorpay.schema';

@Controller('hooks/razorpay')
export class RazorpayController {
  constructor(
    private readonly config: ConfigService,
    @InjectQueue('razorpay') private readonly queue: Queue,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(
    @Req() req: RawBodyRequest<Request>,
    @Headers('x-razorpay-signature') signature: string | undefined,
    @Headers('x-razorpay-event-id') eventId: string | undefined,
  ): Promise<{ accepted: boolean }> {
    const raw = req.rawBody;
    if (!raw || !signature || !eventId || !this.matches(raw, signature)) {
      throw new UnauthorizedException();
    }
    const parsed = razorpayEventSchema.safeParse(JSON.parse(raw.toString('utf8')));
    if (!parsed.success) return { accepted: false }; // signed by Razorpay, but not an event that we use
    const event = parsed.data;
    await this.queue.add(event.event, event, {
      jobId: `rzp-${eventId}`,
      attempts: 8,
      backoff: { type: 'exponential', delay: 2_000 },
      removeOnComplete: { age: 7 * 24 * 3600 },
    });
    return { accepted: true };
  }

  private matches(raw: Buffer, signature: string): boolean {
    const secret = this.config.getOrThrow<string>('RAZORPAY_WEBHOOK_SECRET');
    const expected = createHmac('sha256', secret).update(raw).digest();
    const given = Buffer.from(signature, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

import { Controller, Headers, HttpCode, Post, RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { ConfigService } from '@nestjs/config';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { createHmac, timingSafeEqual } from 'node:crypto';

@Controller('hooks/shopify')
export class ShopifyWebhookController {
  constructor(
    private readonly config: ConfigService,
    @InjectQueue('shopify-orders') private readonly orders: Queue,
  ) {}

  @Post('orders')
  @HttpCode(200)
  async onOrder(
    @Req() req: RawBodyRequest<Request>,
    @Headers('x-shopify-hmac-sha256') hmac: string,
    @Headers('x-shopify-webhook-id') webhookId: string,
    @Headers('x-shopify-shop-domain') shop: string,
  ) {
    const expected = createHmac('sha256', this.config.getOrThrow('SHOPIFY_API_SECRET'))
      .update(req.rawBody ?? Buffer.alloc(0))
      .digest();
    const received = Buffer.from(hmac ?? '', 'base64');
    if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
      throw new UnauthorizedException();
    }

    await this.orders.add(
      'order',
      { shop, order: req.body },
      { jobId: webhookId, attempts: 5, backoff: { type: 'exponential', delay: 2000 } },
    );
    return { ok: true };
  }
}

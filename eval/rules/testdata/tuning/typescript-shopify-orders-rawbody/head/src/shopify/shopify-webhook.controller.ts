import { Body, Controller, Headers, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
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
    @Body() body: Record<string, unknown>,
    @Headers('x-shopify-hmac-sha256') hmac: string,
    @Headers('x-shopify-webhook-id') webhookId: string,
    @Headers('x-shopify-shop-domain') shop: string,
  ) {
    const expected = createHmac('sha256', this.config.getOrThrow('SHOPIFY_API_SECRET'))
      .update(JSON.stringify(body))
      .digest();
    const received = Buffer.from(hmac ?? '', 'base64');
    if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
      throw new UnauthorizedException();
    }

    await this.orders.add(
      'order',
      { shop, order: body },
      { jobId: webhookId, attempts: 5, backoff: { type: 'exponential', delay: 2000 } },
    );
    return { ok: true };
  }
}

import { Body, Controller, Headers, HttpCode, Logger, Post, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { createHmac, timingSafeEqual } from 'node:crypto';

interface ShopifyOrder {
  id: number;
  name: string;
  updated_at: string;
  financial_status: string;
}

@Controller('webhooks/shopify')
export class ShopifyWebhookController {
  private readonly log = new Logger(ShopifyWebhookController.name);

  constructor(
    private readonly config: ConfigService,
    @InjectQueue('shopify-orders') private readonly orders: Queue,
  ) {}

  @Post('orders')
  @HttpCode(202)
  async orderUpdated(
    @Body() order: ShopifyOrder,
    @Headers('x-shopify-hmac-sha256') signature = '',
    @Headers('x-shopify-webhook-id') webhookId: string,
    @Headers('x-shopify-shop-domain') shop: string,
  ): Promise<void> {
    if (!this.isAuthentic(order, signature)) {
      this.log.warn(`rejected webhook ${webhookId} from ${shop}`);
      throw new UnauthorizedException();
    }
    await this.orders.add('order-updated', { shop, order }, { jobId: webhookId });
  }

  private isAuthentic(order: ShopifyOrder, signature: string): boolean {
    const secret = this.config.getOrThrow<string>('SHOPIFY_API_SECRET');
    const digest = createHmac('sha256', secret).update(JSON.stringify(order), 'utf8').digest();
    const given = Buffer.from(signature, 'base64');
    return given.length === digest.length && timingSafeEqual(given, digest);
  }
}

import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class StripeConfig {
  readonly connectSecret: string;

  constructor(config: ConfigService) {
    this.connectSecret = config.getOrThrow<string>('STRIPE_CONNECT_WEBHOOK_SECRET');
  }
}

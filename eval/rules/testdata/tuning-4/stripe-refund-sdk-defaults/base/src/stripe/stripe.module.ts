import { Global, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import Stripe from 'stripe';

export const STRIPE = Symbol('STRIPE');

@Global()
@Module({
  providers: [
    {
      provide: STRIPE,
      inject: [ConfigService],
      useFactory: (config: ConfigService) =>
        new Stripe(config.getOrThrow('STRIPE_SECRET_KEY'), {
          apiVersion: '2024-06-20',
          maxNetworkRetries: 3,
          timeout: 25_000,
        }),
    },
  ],
  exports: [STRIPE],
})
export class StripeModule {}

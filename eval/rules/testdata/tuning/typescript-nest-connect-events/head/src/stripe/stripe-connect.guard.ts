import {
  BadRequestException,
  CanActivate,
  ExecutionContext,
  Injectable,
  Logger,
  RawBodyRequest,
} from '@nestjs/common';
import type { Request } from 'express';
import Stripe from 'stripe';
import { StripeConfig } from './stripe.config';

export type StripeRequest = RawBodyRequest<Request> & { stripeEvent: Stripe.Event };

@Injectable()
export class StripeConnectGuard implements CanActivate {
  private readonly logger = new Logger(StripeConnectGuard.name);

  constructor(
    private readonly stripe: Stripe,
    private readonly config: StripeConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<StripeRequest>();
    const header = req.header('stripe-signature');
    if (!req.rawBody || !header) {
      throw new BadRequestException();
    }
    try {
      req.stripeEvent = this.stripe.webhooks.constructEvent(req.rawBody, header, this.config.connectSecret);
    } catch (err) {
      this.logger.warn(`connect event rejected: ${(err as Error).name}`);
      throw new BadRequestException();
    }
    return true;
  }
}

import { CanActivate, ExecutionContext, Injectable, RawBodyRequest, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

const MAX_SKEW_SECONDS = 300;

@Injectable()
export class SlackSignatureGuard implements CanActivate {
  private readonly signingSecret: string;

  constructor(config: ConfigService) {
    this.signingSecret = config.getOrThrow<string>('SLACK_SIGNING_SECRET');
  }

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<RawBodyRequest<Request>>();
    const timestamp = req.header('x-slack-request-timestamp') ?? '';
    const signature = req.header('x-slack-signature') ?? '';

    if (!/^\d+$/.test(timestamp) || !req.rawBody) {
      throw new UnauthorizedException();
    }
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) {
      throw new UnauthorizedException('stale request');
    }

    const mac = createHmac('sha256', this.signingSecret)
      .update(`v0:${timestamp}:`)
      .update(req.rawBody)
      .digest('hex');
    const expected = Buffer.from(`v0=${mac}`);
    const actual = Buffer.from(signature);
    if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
      throw new UnauthorizedException();
    }
    return true;
  }
}

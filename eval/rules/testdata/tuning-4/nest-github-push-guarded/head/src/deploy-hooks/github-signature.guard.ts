import { CanActivate, ExecutionContext, Injectable, RawBodyRequest, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

@Injectable()
export class GithubSignatureGuard implements CanActivate {
  private readonly secret: string;

  constructor(config: ConfigService) {
    this.secret = config.getOrThrow<string>('GITHUB_WEBHOOK_SECRET');
  }

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<RawBodyRequest<Request>>();
    const header = req.get('x-hub-signature-256') ?? '';
    if (!req.rawBody) throw new UnauthorizedException();

    const expected = Buffer.from(
      `sha256=${createHmac('sha256', this.secret).update(req.rawBody).digest('hex')}`,
    );
    const received = Buffer.from(header);
    if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
      throw new UnauthorizedException('invalid signature');
    }
    return true;
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { CanActivate, ExecutionContext, Injectable, RawBodyRequest, UnauthorizedException } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import type { Request } from 'express'

@Injectable()
export class ShopifyHmacGuard implements CanActivate {
  constructor(private readonly config: ConfigService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RawBodyRequest<Request>>()
    const given = Buffer.from(request.header('x-shopify-hmac-sha256') ?? '', 'base64')
    const expected = createHmac('sha256', this.config.getOrThrow<string>('SHOPIFY_CLIENT_SECRET'))
      .update(request.rawBody ?? Buffer.alloc(0))
      .digest()
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new UnauthorizedException()
    }
    return true
  }
}

import { createHmac } from 'node:crypto'
import { CanActivate, ExecutionContext, Injectable, Logger, RawBodyRequest, UnauthorizedException } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import type { Request } from 'express'

const MAX_AGE_MS = 5 * 60_000

@Injectable()
export class HubspotSignatureGuard implements CanActivate {
  private readonly logger = new Logger(HubspotSignatureGuard.name)

  constructor(private readonly config: ConfigService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RawBodyRequest<Request>>()
    const signature = request.header('x-hubspot-signature-v3')
    const timestamp = request.header('x-hubspot-request-timestamp')
    if (!signature || !timestamp || !request.rawBody) {
      throw new UnauthorizedException()
    }

    const age = Math.abs(Date.now() - Number(timestamp))
    if (!Number.isFinite(age) || age > MAX_AGE_MS) {
      this.logger.warn('hubspot request outside of the allowed window')
      throw new UnauthorizedException()
    }

    const uri = this.config.getOrThrow<string>('PUBLIC_BASE_URL') + request.originalUrl
    const expected = createHmac('sha256', this.config.getOrThrow<string>('HUBSPOT_CLIENT_SECRET'))
      .update(request.method + uri)
      .update(request.rawBody)
      .update(timestamp)
      .digest('base64')

    if (signature !== expected) {
      this.logger.warn('hubspot signature mismatch')
      throw new UnauthorizedException()
    }
    return true
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { CanActivate, ExecutionContext, Injectable, NotFoundException } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import type { Request } from 'express'

const digest = (value: string) => createHash('sha256').update(value).digest()

@Injectable()
export class ShippoTokenGuard implements CanActivate {
  private readonly expected: Buffer

  constructor(config: ConfigService) {
    this.expected = digest(config.getOrThrow<string>('SHIPPO_HOOK_TOKEN'))
  }

  canActivate(context: ExecutionContext): boolean {
    const token = context.switchToHttp().getRequest<Request>().params.token ?? ''
    if (!timingSafeEqual(digest(token), this.expected)) {
      throw new NotFoundException()
    }
    return true
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import type { Request } from 'express'

const digest = (value: string) => createHash('sha256').update(value).digest()

@Injectable()
export class PostmarkAuthGuard implements CanActivate {
  private readonly expected: Buffer

  constructor(config: ConfigService) {
    const user = config.getOrThrow<string>('POSTMARK_HOOK_USER')
    const password = config.getOrThrow<string>('POSTMARK_HOOK_PASSWORD')
    this.expected = digest('Basic ' + Buffer.from(`${user}:${password}`).toString('base64'))
  }

  canActivate(context: ExecutionContext): boolean {
    const header = context.switchToHttp().getRequest<Request>().header('authorization') ?? ''
    if (!timingSafeEqual(digest(header), this.expected)) throw new UnauthorizedException()
    return true
  }
}

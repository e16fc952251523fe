import { createHmac, timingSafeEqual } from 'node:crypto'
import { CanActivate, ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import type { Request } from 'express'
import { z } from 'zod'

const Signed = z.object({
  signature: z.object({
    timestamp: z.string().regex(/^\d{10}$/),
    token: z.string().length(50),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
})

const MAX_AGE = 15 * 60

@Injectable()
export class MailgunGuard implements CanActivate {
  private readonly key: string

  constructor(config: ConfigService) {
    this.key = config.getOrThrow('MAILGUN_WEBHOOK_SIGNING_KEY')
  }

  canActivate(context: ExecutionContext): boolean {
    const parsed = Signed.safeParse(context.switchToHttp().getRequest<Request>().body)
    if (!parsed.success) throw new ForbiddenException()

    const { timestamp, token, signature } = parsed.data.signature
    const mac = createHmac('sha256', this.key).update(timestamp + token).digest()
    const valid = timingSafeEqual(mac, Buffer.from(signature, 'hex'))
    const fresh = Math.abs(Date.now() / 1_000 - Number(timestamp)) <= MAX_AGE
    if (!valid || !fresh) throw new ForbiddenException()
    return true
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { Controller, Headers, HttpCode, Logger, Post, Body, UnauthorizedException } from '@nestjs/common'
import { InjectQueue } from '@nestjs/bullmq'
import type { Queue } from 'bullmq'
import { ConfigService } from '@nestjs/config'

@Controller('hooks/github')
export class GithubController {
  private readonly logger = new Logger(GithubController.name)
  private readonly secret: string

  constructor(
    config: ConfigService,
    @InjectQueue('github-events') private readonly events: Queue,
  ) {
    this.secret = config.getOrThrow<string>('GITHUB_WEBHOOK_SECRET')
  }

  @Post()
  @HttpCode(202)
  async receive(
    @Headers('x-hub-signature-256') signature: string | undefined,
    @Headers('x-github-event') event: string,
    @Headers('x-github-delivery') delivery: string,
    @Body() body: Record<string, unknown>,
  ) {
    const digest = createHmac('sha256', this.secret).update(JSON.stringify(body)).digest('hex')
    const expected = Buffer.from(`sha256=${digest}`)
    const given = Buffer.from(signature ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      this.logger.warn(`rejected delivery ${delivery}`)
      throw new UnauthorizedException()
    }
    await this.events.add(event, { event, body }, { jobId: delivery, attempts: 5 })
    return { queued: true }
  }
}

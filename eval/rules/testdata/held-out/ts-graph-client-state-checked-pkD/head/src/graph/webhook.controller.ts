import { timingSafeEqual, createHash } from 'node:crypto'
import { Body, Controller, Header, HttpCode, Logger, Post, Query, Res } from '@nestjs/common'
import type { Response } from 'express'
import { SubscriptionsRepo } from './subscriptions.repo'
import { DeltaQueue } from './delta.queue'
import { NotificationBatch } from './dto'

const digest = (value: string) => createHash('sha256').update(value).digest()

@Controller('graph')
export class GraphWebhookController {
  private readonly logger = new Logger(GraphWebhookController.name)

  constructor(private readonly subscriptions: SubscriptionsRepo, private readonly delta: DeltaQueue) {}

  @Post('webhook')
  @HttpCode(202)
  @Header('Cache-Control', 'no-store')
  async receive(@Query('validationToken') token: string | undefined, @Body() body: unknown, @Res() res: Response) {
    if (token) {
      res.status(200).type('text/plain').send(token)
      return
    }
    const parsed = NotificationBatch.safeParse(body)
    if (!parsed.success) {
      res.sendStatus(400)
      return
    }
    for (const item of parsed.data.value) {
      const subscription = await this.subscriptions.find(item.subscriptionId)
      if (!subscription || !timingSafeEqual(digest(subscription.clientState), digest(item.clientState))) {
        this.logger.warn(`dropped notification for subscription ${item.subscriptionId}`)
        continue
      }
      await this.delta.schedule(subscription.mailboxId)
    }
    res.sendStatus(202)
  }
}

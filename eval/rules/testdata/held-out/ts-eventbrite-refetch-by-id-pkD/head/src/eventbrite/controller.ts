import { Body, Controller, HttpCode, Logger, Param, Post, NotFoundException } from '@nestjs/common'
import { EventbriteApi } from './eventbrite.api'
import { OrdersRepo } from './orders.repo'
import { AccountsRepo } from './accounts.repo'

const ORDER_URL = /^https:\/\/www\.eventbriteapi\.com\/v3\/orders\/(\d{1,20})\/?$/

@Controller('eventbrite/:hookKey')
export class EventbriteController {
  private readonly logger = new Logger(EventbriteController.name)

  constructor(
    private readonly api: EventbriteApi,
    private readonly accounts: AccountsRepo,
    private readonly orders: OrdersRepo,
  ) {}

  @Post()
  @HttpCode(204)
  async receive(@Param('hookKey') hookKey: string, @Body() body: { api_url?: unknown; config?: { action?: unknown } }) {
    const account = await this.accounts.findByHookKey(hookKey)
    if (!account) throw new NotFoundException()

    const match = typeof body.api_url === 'string' ? ORDER_URL.exec(body.api_url) : null
    if (!match) {
      this.logger.debug(`ignored eventbrite action ${String(body.config?.action)}`)
      return
    }
    const order = await this.api.getOrder(account, match[1])
    await this.orders.upsert(account.id, order)
  }
}

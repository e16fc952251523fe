import { Body, Controller, HttpCode, Logger, Post, UseGuards } from '@nestjs/common'
import { ShopifyHmacGuard } from '../shopify/shopify-hmac.guard'
import { CustomersService } from '../customers/customers.service'
import { PointsService } from './points.service'
import { OrderPaidDto } from './dto/order-paid.dto'

@Controller('webhooks/shopify')
@UseGuards(ShopifyHmacGuard)
export class ShopifyOrdersController {
  private readonly logger = new Logger(ShopifyOrdersController.name)

  constructor(
    private readonly customers: CustomersService,
    private readonly points: PointsService,
  ) {}

  @Post('orders-paid')
  @HttpCode(200)
  async ordersPaid(@Body() order: OrderPaidDto): Promise<void> {
    if (!order.customer) {
      this.logger.debug(`order ${order.id} has no customer`)
      return
    }
    const customer = await this.customers.findByShopifyId(order.customer.id)
    if (!customer) {
      this.logger.debug(`customer of order ${order.id} is no member`)
      return
    }
    const earned = Math.floor(Number(order.subtotal_price))
    await this.points.increment(customer.id, earned)
    this.logger.log(`order ${order.id}: ${earned} points for member ${customer.id}`)
  }
}

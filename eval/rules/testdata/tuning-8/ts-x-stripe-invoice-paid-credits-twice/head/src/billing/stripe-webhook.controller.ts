import { BadRequestException, Controller, Headers, HttpCode, Logger, Post, RawBodyRequest, Req } from '@nestjs/common'
import type { Request } from 'express'
import Stripe from 'stripe'
import { ConfigService } from '@nestjs/config'
import { CreditsService } from '../credits/credits.service'

@Controller('billing/stripe')
export class StripeWebhookController {
  private readonly logger = new Logger(StripeWebhookController.name)

  constructor(
    private readonly stripe: Stripe,
    private readonly config: ConfigService,
    private readonly credits: CreditsService,
  ) {}

  @Post('webhook')
  @HttpCode(200)
  async receive(@Req() request: RawBodyRequest<Request>, @Headers('stripe-signature') signature: string) {
    let event: Stripe.Event
    try {
      event = this.stripe.webhooks.constructEvent(
        request.rawBody ?? Buffer.alloc(0),
        signature ?? '',
        this.config.getOrThrow('STRIPE_WEBHOOK_SECRET'),
      )
    } catch {
      throw new BadRequestException('signature not valid')
    }

    if (event.type === 'invoice.paid') {
      const invoice = event.data.object
      const credits = Number(invoice.metadata?.credits ?? 0)
      if (typeof invoice.customer === 'string' && Number.isInteger(credits) && credits > 0) {
        await this.credits.increment(invoice.customer, credits)
        this.logger.log(`${credits} credits for ${invoice.customer} (${invoice.id})`)
      }
    }
    return { received: true }
  }
}

import { BadRequestException, Controller, Headers, HttpCode, Logger, Post, Req } from '@nestjs/common'
import type { RawBodyRequest } from '@nestjs/common'
import type { Request } from 'express'
import Stripe from 'stripe'
import { StripeConfig } from './stripe.config'
import { WalletService } from './wallet.service'

@Controller('webhooks/stripe')
export class StripeWebhookController {
  private readonly log = new Logger(StripeWebhookController.name)

  constructor(
    private readonly stripe: Stripe,
    private readonly config: StripeConfig,
    private readonly wallets: WalletService,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() req: RawBodyRequest<Request>, @Headers('stripe-signature') signature: string) {
    const event = this.verify(req.rawBody, signature)
    switch (event.type) {
      case 'checkout.session.completed':
      case 'checkout.session.async_payment_succeeded':
        await this.topUp(event.data.object)
        break
      default:
        this.log.debug(`ignored ${event.type}`)
    }
    return { received: true }
  }

  private verify(raw: Buffer | undefined, signature: string): Stripe.Event {
    try {
      return this.stripe.webhooks.constructEvent(raw ?? '', signature, this.config.webhookSecret)
    } catch {
      throw new BadRequestException('invalid signature')
    }
  }

  private async topUp(session: Stripe.Checkout.Session): Promise<void> {
    if (session.payment_status !== 'paid' || session.metadata?.purpose !== 'wallet') return
    const walletId = session.client_reference_id
    if (!walletId || session.amount_total === null) {
      throw new Error(`session ${session.id} has no wallet or amount`)
    }
    await this.wallets.increment(walletId, session.amount_total, session.currency ?? 'eur')
    this.log.log(`wallet ${walletId} credited for ${session.id}`)
  }
}

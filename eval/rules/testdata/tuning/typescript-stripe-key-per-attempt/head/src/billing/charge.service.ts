import Stripe from 'stripe';
import { randomUUID } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import type { InvoiceRepository } from './invoice.repository';

export class ChargeService {
  constructor(
    private readonly stripe: Stripe,
    private readonly invoices: InvoiceRepository,
  ) {}

  async chargeInvoice(invoiceId: string): Promise<string> {
    const invoice = await this.invoices.getOpen(invoiceId);

    const intent = await pRetry(
      async () => {
        try {
          return await this.stripe.paymentIntents.create(
            {
              amount: invoice.amountMinor,
              currency: invoice.currency,
              customer: invoice.stripeCustomerId,
              payment_method: invoice.paymentMethodId,
              off_session: true,
              confirm: true,
              metadata: { invoiceId },
            },
            { idempotencyKey: randomUUID() },
          );
        } catch (err) {
          if (err instanceof Stripe.errors.StripeConnectionError) throw err;
          throw new AbortError(err as Error);
        }
      },
      { retries: 3, minTimeout: 500, factor: 2, randomize: true },
    );

    await this.invoices.attachIntent(invoiceId, intent.id);
    return intent.id;
  }
}

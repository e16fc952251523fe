import { CheckoutAPI, Client } from '@adyen/api-library'
import { config } from '../config'
import { toMinorUnits } from './minor-units'
import type { Invoice } from '../invoices/types'

const client = new Client({
  apiKey: config.adyen.apiKey,
  environment: config.adyen.environment,
  liveEndpointUrlPrefix: config.adyen.prefix,
})
client.config.connectionTimeoutMillis = 15_000

export async function createPaymentLink(invoice: Invoice): Promise<string> {
  const link = await new CheckoutAPI(client).PaymentLinksApi.paymentLinks(
    {
      merchantAccount: config.adyen.merchantAccount,
      reference: invoice.number,
      amount: { currency: invoice.currency, value: toMinorUnits(invoice.total, invoice.currency) },
      expiresAt: invoice.dueAt,
    },
    { idempotencyKey: `link-${invoice.id}` },
  )
  return link.url
}

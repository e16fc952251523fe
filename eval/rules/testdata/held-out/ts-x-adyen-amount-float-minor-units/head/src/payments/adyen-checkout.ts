import { CheckoutAPI, Client } from '@adyen/api-library'
import type { Order } from '../orders/types'
import { config } from '../config'

const client = new Client({
  apiKey: config.adyen.apiKey,
  environment: config.adyen.environment,
  liveEndpointUrlPrefix: config.adyen.prefix,
})
client.config.connectionTimeoutMillis = 15_000

const checkout = new CheckoutAPI(client)

/** `order.total` is a decimal in the order's currency: EUR, SEK, JPY or KWD. */
export async function createSession(order: Order, returnUrl: string) {
  const session = await checkout.PaymentsApi.sessions(
    {
      merchantAccount: config.adyen.merchantAccount,
      reference: order.number,
      amount: {
        currency: order.currency,
        value: order.total * 100,
      },
      countryCode: order.country,
      shopperReference: order.customerId,
      returnUrl,
    },
    { idempotencyKey: `session-${order.id}-${order.paymentAttempt}` },
  )
  return { id: session.id, data: session.sessionData }
}

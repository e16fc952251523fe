import { Client, CheckoutAPI, EnvironmentEnum } from '@adyen/api-library'
import type { TourBooking } from '../domain/tour-booking'
import { config } from '../config'

const client = new Client({
  apiKey: config.adyen.apiKey,
  environment: EnvironmentEnum.LIVE,
  liveEndpointUrlPrefix: config.adyen.urlPrefix,
  connectionTimeoutMillis: 15_000,
})
const checkout = new CheckoutAPI(client)

const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY', 'KRW', 'KWD', 'THB'] as const
export type SupportedCurrency = (typeof CURRENCIES)[number]

function toMinorUnits(amount: number): number {
  return Math.round(amount * 100)
}

export async function createSession(booking: TourBooking) {
  if (!CURRENCIES.includes(booking.currency as SupportedCurrency)) {
    throw new RangeError(`currency ${booking.currency} is not offered`)
  }

  const session = await checkout.PaymentsApi.sessions(
    {
      merchantAccount: config.adyen.merchantAccount,
      reference: booking.reference,
      amount: { currency: booking.currency, value: toMinorUnits(booking.total) },
      returnUrl: `${config.publicUrl}/bookings/${booking.reference}/paid`,
      countryCode: booking.customer.country,
      shopperReference: booking.customer.id,
    },
    { idempotencyKey: `session-${booking.reference}-${booking.revision}` },
  )
  return { id: session.id, sessionData: session.sessionData }
}

import { env } from '../env'
import { logger } from '../logger'
import type { Cart } from './cart'

interface QuoteResponse {
  quoteId: string
  price: { amount: number; currency: string }
  transitDays: number
}

export interface ShippingOption {
  quoteId: string
  priceCents: number
  currency: string
  days: number
}

export class FreightUnavailable extends Error {}

export async function freightOption(cart: Cart, postcode: string): Promise<ShippingOption> {
  let response: Response
  try {
    response = await fetch(`${env.FREIGHT_API}/v3/quotes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': env.FREIGHT_API_KEY },
      body: JSON.stringify({
        destination: { postcode, country: cart.country },
        parcels: cart.parcels.map((p) => ({ weightGrams: p.weightGrams, volumeCm3: p.volumeCm3 })),
      }),
      signal: AbortSignal.timeout(4_000),
    })
  } catch (err) {
    throw new FreightUnavailable('freight api did not answer', { cause: err })
  }
  if (!response.ok) {
    throw new FreightUnavailable(`freight api answered ${response.status}`)
  }

  const quote = (await response.json()) as Partial<QuoteResponse>
  const option = {
    quoteId: quote.quoteId ?? '',
    priceCents: Math.round((quote.price?.amount ?? 0) * 100),
    currency: quote.price?.currency ?? 'EUR',
    days: quote.transitDays ?? 0,
  }
  logger.info({ cart: cart.id, quote: option.quoteId, days: option.days }, 'freight quoted')
  return option
}

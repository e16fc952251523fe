import { z } from 'zod'
import { config } from '../config'
import type { Quote, QuoteRequest } from './types'

const QuoteResponse = z.object({
  quoteId: z.string(),
  validUntil: z.string().datetime(),
  price: z.object({ amount: z.number().nonnegative(), currency: z.string().length(3) }),
  chargeable: z.object({ weight: z.number().positive(), unit: z.enum(['KG', 'LB']) }),
  transitDays: z.number().int(),
})

export class QuoteError extends Error {
  constructor(readonly status: number) {
    super(`quote refused: ${status}`)
  }
}

export async function requestQuote(request: QuoteRequest): Promise<Quote> {
  const response = await fetch(`${config.freight.baseUrl}/v2/quotes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${config.freight.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      origin: request.origin,
      destination: request.destination,
      pieces: request.pieces,
      incoterm: request.incoterm,
    }),
    signal: AbortSignal.timeout(12_000),
  })
  if (!response.ok) throw new QuoteError(response.status)

  const quote = QuoteResponse.parse(await response.json())
  return {
    externalId: quote.quoteId,
    validUntil: new Date(quote.validUntil),
    priceEur: quote.price.amount,
    weightKg: quote.chargeable.weight,
    transitDays: quote.transitDays,
  }
}

import { z } from 'zod'
import { config } from '../../config'
import type { RateRequest } from '../types'

const Token = z.object({ access_token: z.string(), expires_in: z.number() })
const Rates = z.object({
  output: z.object({
    rateReplyDetails: z.array(
      z.object({
        serviceType: z.string(),
        ratedShipmentDetails: z.array(z.object({ totalNetCharge: z.number(), currency: z.string() })).min(1),
      }),
    ),
  }),
})

async function post(path: string, headers: Record<string, string>, body: string | URLSearchParams): Promise<unknown> {
  const response = await fetch(`https://apis.fedex.com${path}`, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`fedex ${path}: ${response.status}`)
  return response.json()
}

/** One call for each basket that a visitor opens. */
export async function fedexRates(request: RateRequest) {
  const token = Token.parse(
    await post(
      '/oauth/token',
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: config.fedex.clientId,
        client_secret: config.fedex.clientSecret,
      }),
    ),
  )

  const answer = await post(
    '/rate/v1/rates/quotes',
    { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    JSON.stringify({ accountNumber: { value: config.fedex.account }, requestedShipment: request }),
  )
  return Rates.parse(answer).output.rateReplyDetails.map((d) => ({
    service: d.serviceType,
    net: d.ratedShipmentDetails[0]!.totalNetCharge,
    currency: d.ratedShipmentDetails[0]!.currency,
  }))
}

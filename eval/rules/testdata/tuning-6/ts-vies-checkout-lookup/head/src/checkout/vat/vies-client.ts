import { z } from 'zod'
import { logger } from '../../logger'

const ENDPOINT = 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number'

const ViesAnswer = z.object({
  valid: z.boolean(),
  name: z.string().optional(),
  address: z.string().optional(),
})

export type VatCheck =
  | { state: 'valid'; name: string | null }
  | { state: 'invalid' }
  | { state: 'unavailable' }

/** Called while the customer waits on the address step. */
export async function checkVatNumber(country: string, vatNumber: string): Promise<VatCheck> {
  try {
    const res = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ countryCode: country, vatNumber: vatNumber.replace(/[^0-9A-Z]/gi, '') }),
    })
    if (!res.ok) {
      logger.warn({ status: res.status, country }, 'vies: not available')
      return { state: 'unavailable' }
    }
    const answer = ViesAnswer.parse(await res.json())
    if (!answer.valid) return { state: 'invalid' }
    return { state: 'valid', name: answer.name ?? null }
  } catch (err) {
    logger.warn({ err, country }, 'vies: lookup failed')
    return { state: 'unavailable' }
  }
}

import axios, { type AxiosInstance } from 'axios'
import type { Logger } from 'pino'
import { z } from 'zod'

const ShipmentRates = z.object({
  object_id: z.string(),
  status: z.enum(['WAITING', 'QUEUED', 'SUCCESS', 'ERROR']),
  rates: z.array(
    z.object({
      object_id: z.string(),
      amount: z.string(),
      currency: z.string(),
      provider: z.string(),
      servicelevel: z.object({ token: z.string() }),
    }),
  ),
})

export type ShipmentRates = z.infer<typeof ShipmentRates>

export class ShippoRates {
  private readonly http: AxiosInstance

  constructor(token: string, private readonly log: Logger) {
    this.http = axios.create({
      baseURL: 'https://api.goshippo.com',
      timeout: 15_000,
      headers: { authorization: `ShippoToken ${token}` },
    })
  }

  async load(shipmentId: string): Promise<ShipmentRates> {
    for (;;) {
      try {
        const res = await this.http.get(`/shipments/${encodeURIComponent(shipmentId)}`)
        return ShipmentRates.parse(res.data)
      } catch (err) {
        this.log.warn({ err: (err as Error).message, shipmentId }, 'shippo rates not loaded, trying again')
      }
    }
  }

  async cheapest(shipmentId: string): Promise<ShipmentRates['rates'][number] | undefined> {
    const { rates } = await this.load(shipmentId)
    return [...rates].sort((a, b) => Number(a.amount) - Number(b.amount))[0]
  }
}

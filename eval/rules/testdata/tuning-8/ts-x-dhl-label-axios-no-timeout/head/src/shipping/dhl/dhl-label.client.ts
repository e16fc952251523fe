import axios, { AxiosInstance, isAxiosError } from 'axios'
import { z } from 'zod'
import { CarrierError } from '../carrier-error'
import type { Shipment } from '../shipment'

const OrderResponse = z.object({
  items: z
    .array(z.object({ shipmentNo: z.string(), label: z.object({ b64: z.string() }) }))
    .min(1),
})

export interface DhlConfig {
  baseUrl: string
  apiKey: string
  username: string
  password: string
  billingNumber: string
}

export class DhlLabelClient {
  private readonly http: AxiosInstance

  constructor(private readonly config: DhlConfig) {
    this.http = axios.create({
      baseURL: config.baseUrl,
      headers: { 'dhl-api-key': config.apiKey },
      auth: { username: config.username, password: config.password },
      maxContentLength: 5 * 1024 * 1024,
    })
  }

  async createLabel(shipment: Shipment): Promise<{ number: string; pdf: Buffer }> {
    try {
      const { data } = await this.http.post('/parcel/de/shipping/v2/orders', {
        profile: 'STANDARD_GRUPPENPROFIL',
        shipments: [
          {
            product: 'V01PAK',
            billingNumber: this.config.billingNumber,
            refNo: shipment.reference,
            shipper: shipment.from,
            consignee: shipment.to,
            details: { weight: { uom: 'g', value: shipment.grams } },
          },
        ],
      })
      const [item] = OrderResponse.parse(data).items
      return { number: item!.shipmentNo, pdf: Buffer.from(item!.label.b64, 'base64') }
    } catch (error) {
      if (isAxiosError(error)) {
        throw new CarrierError('dhl', error.response?.status ?? 0, error.message)
      }
      throw error
    }
  }
}

import { z } from 'zod'
import { carrierHttp } from './http'

const Tracking = z.object({
  TrackingInformationResponse: z.object({
    shipments: z.array(z.object({ shipmentId: z.string(), status: z.string(), deliveryDate: z.string().optional() })),
  }),
})

const http = carrierHttp('postnord', 'https://api2.postnord.com')

export interface ParcelState {
  id: string
  status: string
  deliveredOn: string | null
}

export async function trackParcel(apiKey: string, parcelId: string): Promise<ParcelState | null> {
  const { data } = await http.get('/rest/shipment/v5/trackandtrace/findByIdentifier.json', {
    params: { apikey: apiKey, id: parcelId, locale: 'en' },
  })
  const [shipment] = Tracking.parse(data).TrackingInformationResponse.shipments
  if (!shipment) return null
  return { id: shipment.shipmentId, status: shipment.status, deliveredOn: shipment.deliveryDate ?? null }
}

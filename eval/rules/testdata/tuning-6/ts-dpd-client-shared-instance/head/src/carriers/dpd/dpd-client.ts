import type { AxiosInstance } from 'axios'
import { z } from 'zod'
import { carrierHttp } from '../../http/carrier-http'

const ParcelShop = z.object({
  parcelShopId: z.string(),
  company: z.string(),
  street: z.string(),
  zipCode: z.string(),
  city: z.string(),
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
})

const ParcelShops = z.object({ parcelShop: z.array(ParcelShop).default([]) })

export class DpdClient {
  private readonly http: AxiosInstance

  constructor(baseUrl: string, token: string) {
    this.http = carrierHttp(baseUrl, { authorization: `Bearer ${token}`, accept: 'application/json' })
  }

  /** The ten nearest shops; the widget shows no more. */
  async findParcelShops(zip: string, country: string): Promise<z.infer<typeof ParcelShop>[]> {
    const res = await this.http.get('/parcelshops', { params: { zip, country, limit: 10 } })
    return ParcelShops.parse(res.data).parcelShop
  }

  async trackingUrl(parcelNumber: string): Promise<string> {
    const res = await this.http.get(`/parcels/${encodeURIComponent(parcelNumber)}/link`)
    return z.object({ url: z.string().url() }).parse(res.data).url
  }
}

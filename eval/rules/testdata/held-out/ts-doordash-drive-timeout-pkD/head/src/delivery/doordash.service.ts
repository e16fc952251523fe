import { Injectable, ServiceUnavailableException } from '@nestjs/common'
import axios, { isAxiosError } from 'axios'
import { sign } from 'jsonwebtoken'
import { DoordashConfig } from './doordash.config'

export interface Quote {
  feeCents: number
  pickupAt: Date
  dropoffAt: Date
}

@Injectable()
export class DoordashService {
  private readonly http = axios.create({ baseURL: 'https://openapi.doordash.com/drive/v2' })

  constructor(private readonly config: DoordashConfig) {}

  async quote(cartId: string, pickup: string, dropoff: string, phone: string): Promise<Quote> {
    try {
      const { data } = await this.http.post(
        '/quotes',
        { external_delivery_id: cartId, pickup_address: pickup, dropoff_address: dropoff, dropoff_phone_number: phone },
        { headers: { authorization: `Bearer ${this.token()}` } },
      )
      return {
        feeCents: data.fee,
        pickupAt: new Date(data.pickup_time_estimated),
        dropoffAt: new Date(data.dropoff_time_estimated),
      }
    } catch (error) {
      if (isAxiosError(error) && (error.response?.status ?? 500) >= 500) {
        throw new ServiceUnavailableException('delivery quotes are unavailable')
      }
      throw error
    }
  }

  private token(): string {
    return sign({ aud: 'doordash', iss: this.config.developerId, kid: this.config.keyId }, Buffer.from(this.config.signingSecret, 'base64'), {
      algorithm: 'HS256',
      expiresIn: 300,
      header: { alg: 'HS256', 'dd-ver': 'DD-JWT-V1' } as never,
    })
  }
}

import axios, { AxiosInstance } from 'axios'
import { logger } from '../../lib/logger'

interface TokenResponse {
  access_token: string
  expires_in: number
  token_type: 'Bearer'
}

export interface BolOrderItem {
  orderItemId: string
  ean: string
  quantity: number
}

export class BolClient {
  private readonly http: AxiosInstance
  private token: string | undefined

  constructor(private readonly clientId: string, private readonly clientSecret: string) {
    this.http = axios.create({
      baseURL: 'https://api.bol.com/retailer',
      timeout: 10_000,
      headers: { accept: 'application/vnd.retailer.v10+json' },
    })
  }

  private async accessToken(): Promise<string> {
    if (this.token) return this.token

    const { data } = await axios.post<TokenResponse>(
      'https://login.bol.com/token',
      new URLSearchParams({ grant_type: 'client_credentials' }),
      { auth: { username: this.clientId, password: this.clientSecret }, timeout: 10_000 },
    )
    this.token = data.access_token
    logger.info('obtained bol.com token')
    return this.token
  }

  async order(orderId: string): Promise<{ orderId: string; orderItems: BolOrderItem[] }> {
    const { data } = await this.http.get(`/orders/${encodeURIComponent(orderId)}`, {
      headers: { authorization: `Bearer ${await this.accessToken()}` },
    })
    return data
  }
}

import { createHmac } from 'node:crypto'
import axios, { type AxiosInstance } from 'axios'
import pRetry from 'p-retry'
import { logger } from '../logger'

export interface MarketOrder {
  symbol: string
  side: 'BUY' | 'SELL'
  quantity: string
}

export class BinanceTrader {
  private readonly http: AxiosInstance

  constructor(private readonly apiKey: string, private readonly apiSecret: string) {
    this.http = axios.create({
      baseURL: 'https://api.binance.com',
      timeout: 5_000,
      headers: { 'X-MBX-APIKEY': this.apiKey },
    })
  }

  async place(order: MarketOrder): Promise<{ orderId: number; status: string }> {
    return pRetry(
      async () => {
        const { data } = await this.http.post('/api/v3/order', this.sign({ ...order, type: 'MARKET' }))
        return { orderId: data.orderId, status: data.status }
      },
      {
        retries: 4,
        onFailedAttempt: (error) =>
          logger.warn({ symbol: order.symbol, attempt: error.attemptNumber }, 'order attempt failed'),
      },
    )
  }

  private sign(params: Record<string, string>): URLSearchParams {
    const query = new URLSearchParams({ ...params, recvWindow: '5000', timestamp: String(Date.now()) })
    query.append('signature', createHmac('sha256', this.apiSecret).update(query.toString()).digest('hex'))
    return query
  }
}

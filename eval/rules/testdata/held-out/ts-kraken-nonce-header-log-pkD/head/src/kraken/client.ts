import { createHash, createHmac } from 'node:crypto'
import axios, { isAxiosError, type AxiosInstance } from 'axios'
import type { Logger } from 'pino'

export class KrakenError extends Error {
  constructor(readonly codes: string[]) {
    super(`kraken: ${codes.join(', ')}`)
  }
}

export class KrakenClient {
  private readonly http: AxiosInstance = axios.create({ baseURL: 'https://api.kraken.com', timeout: 10_000 })
  private lastNonce = 0

  constructor(private readonly key: string, private readonly secret: string, private readonly log: Logger) {}

  balances(): Promise<Record<string, string>> {
    return this.call('/0/private/Balance', {})
  }

  private async call<T>(path: string, params: Record<string, string>): Promise<T> {
    this.lastNonce = Math.max(Date.now(), this.lastNonce + 1)
    const nonce = String(this.lastNonce)
    const body = new URLSearchParams({ nonce, ...params }).toString()
    const hash = createHash('sha256').update(nonce + body).digest()
    const sign = createHmac('sha512', Buffer.from(this.secret, 'base64')).update(path).update(hash).digest('base64')
    try {
      const { data } = await this.http.post(path, body, {
        headers: { 'API-Key': this.key, 'API-Sign': sign, 'Content-Type': 'application/x-www-form-urlencoded' },
      })
      if (data.error.length > 0) throw new KrakenError(data.error)
      return data.result as T
    } catch (error) {
      if (isAxiosError(error)) {
        this.log.error({ path, request: { headers: error.config?.headers, body }, status: error.response?.status }, 'kraken call failed')
      }
      throw error
    }
  }
}

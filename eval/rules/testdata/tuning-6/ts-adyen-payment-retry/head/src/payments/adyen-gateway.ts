import axios, { AxiosError, type AxiosInstance } from 'axios'
import pRetry, { AbortError } from 'p-retry'
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'

export interface PaymentRequest {
  merchantReference: string
  amountMinor: number
  currency: string
  storedPaymentMethodId: string
  shopperReference: string
}

export class AdyenGateway {
  private readonly http: AxiosInstance

  constructor(
    private readonly merchantAccount: string,
    apiKey: string,
    baseURL: string,
    private readonly log: Logger,
  ) {
    this.http = axios.create({ baseURL, timeout: 20_000, headers: { 'x-api-key': apiKey } })
  }

  async pay(request: PaymentRequest): Promise<{ pspReference: string; resultCode: string }> {
    const body = {
      merchantAccount: this.merchantAccount,
      reference: request.merchantReference,
      amount: { value: request.amountMinor, currency: request.currency },
      paymentMethod: { type: 'scheme', storedPaymentMethodId: request.storedPaymentMethodId },
      shopperReference: request.shopperReference,
      shopperInteraction: 'ContAuth',
      recurringProcessingModel: 'Subscription',
    }
    return pRetry(
      async (attempt) => {
        try {
          const res = await this.http.post('/v71/payments', body, {
            headers: { 'x-request-id': randomUUID() },
          })
          return { pspReference: res.data.pspReference, resultCode: res.data.resultCode }
        } catch (err) {
          const status = err instanceof AxiosError ? err.response?.status : undefined
          this.log.warn({ status, attempt, reference: request.merchantReference }, 'adyen payment failed')
          if (status !== undefined && status < 500) throw new AbortError(`adyen answered ${status}`)
          throw err
        }
      },
      { retries: 3, minTimeout: 500, factor: 2, randomize: true },
    )
  }
}

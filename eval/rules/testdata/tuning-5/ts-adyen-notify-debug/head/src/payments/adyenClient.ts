import { randomUUID } from 'node:crypto';
import { logger } from '../logger';

export interface AdyenPayment {
  amount: { value: number; currency: string };
  reference: string;
  paymentMethod: Record<string, string>;
  idempotencyKey: string;
}

export class AdyenClient {
  constructor(
    private readonly apiKey: string,
    private readonly merchantAccount: string,
    private readonly baseUrl: string,
  ) {}

  async pay(payment: AdyenPayment): Promise<{ pspReference: string; resultCode: string }> {
    const { idempotencyKey, ...rest } = payment;
    const init = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': this.apiKey,
        'idempotency-key': idempotencyKey,
        'x-request-id': randomUUID(),
      },
      body: JSON.stringify({ ...rest, merchantAccount: this.merchantAccount }),
      signal: AbortSignal.timeout(15_000),
    };
    logger.debug({ url: `${this.baseUrl}/v71/payments`, init }, 'adyen request');
    const res = await fetch(`${this.baseUrl}/v71/payments`, init);
    if (!res.ok) {
      const requestId = res.headers.get('pspreference');
      throw new Error(`adyen answered ${res.status} (pspReference ${requestId ?? 'none'})`);
    }
    return (await res.json()) as { pspReference: string; resultCode: string };
  }
}

import { randomUUID } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import type { PayPalTokenProvider } from './paypal-token-provider';

export interface CaptureResult {
  id: string;
  status: 'COMPLETED' | 'DECLINED' | 'PENDING';
}

export class PayPalClient {
  constructor(
    private readonly baseUrl: string,
    private readonly tokens: PayPalTokenProvider,
  ) {}

  async captureOrder(orderId: string): Promise<CaptureResult> {
    const requestId = `capture-${orderId}`;
    const attempt = async (): Promise<CaptureResult> => {
      const res = await fetch(`${this.baseUrl}/v2/checkout/orders/${encodeURIComponent(orderId)}/capture`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.tokens.get()}`,
          'content-type': 'application/json',
          'paypal-request-id': requestId,
        },
        signal: AbortSignal.timeout(15_000),
      });
      if (res.status === 429 || res.status >= 500) {
        throw new Error(`paypal answered ${res.status}`);
      }
      if (!res.ok) {
        throw new AbortError(`capture refused with ${res.status}`);
      }
      return (await res.json()) as CaptureResult;
    };

    return pRetry(attempt, { retries: 3, minTimeout: 500, factor: 2, randomize: true });
  }

  newCorrelationId(): string {
    return randomUUID();
  }
}

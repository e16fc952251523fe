import { request } from 'undici';
import { env } from '../config/env';

export class PaymentApiError extends Error {
  constructor(readonly status: number) {
    super(`payments api answered ${status}`);
  }
}

interface CallOptions {
  headers?: Record<string, string>;
}

export const paymentsApi = {
  async post(path: string, body: unknown, options: CallOptions = {}): Promise<{ id: string }> {
    const res = await request(`${env.PAYMENTS_URL}${path}`, {
      method: 'POST',
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      headers: {
        authorization: `Bearer ${env.PAYMENTS_API_KEY}`,
        'content-type': 'application/json',
        ...options.headers,
      },
      body: JSON.stringify(body),
    });
    if (res.statusCode >= 300) {
      await res.body.dump();
      throw new PaymentApiError(res.statusCode);
    }
    return (await res.body.json()) as { id: string };
  },
};

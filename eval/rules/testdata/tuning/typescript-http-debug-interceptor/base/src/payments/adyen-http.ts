import axios, { AxiosError, type AxiosInstance } from 'axios';
import type { Logger } from 'winston';

export interface AdyenHttpOptions {
  checkoutUrl: string;
  apiKey: string;
  merchantAccount: string;
}

export function createAdyenHttp(opts: AdyenHttpOptions, logger: Logger): AxiosInstance {
  const http = axios.create({
    baseURL: `${opts.checkoutUrl}/v71`,
    timeout: 15_000,
    headers: {
      'x-API-key': opts.apiKey,
      'Content-Type': 'application/json',
    },
  });

  http.interceptors.response.use(
    (response) => response,
    (error: AxiosError) => {
      logger.error('adyen request failed', {
        url: error.config?.url,
        status: error.response?.status,
        pspReference: error.response?.headers?.['pspreference'],
      });
      return Promise.reject(error);
    },
  );

  return http;
}

export async function authorise(
  http: AxiosInstance,
  opts: AdyenHttpOptions,
  input: { reference: string; amountMinor: number; currency: string; paymentMethod: unknown },
) {
  const { data } = await http.post(
    '/payments',
    {
      merchantAccount: opts.merchantAccount,
      reference: input.reference,
      amount: { value: input.amountMinor, currency: input.currency },
      paymentMethod: input.paymentMethod,
    },
    { headers: { 'Idempotency-Key': `auth-${input.reference}` } },
  );
  return data as { pspReference: string; resultCode: string };
}

import { z } from 'zod';
import { config } from '../config';
import type { TaxResult } from './types';

const Rates = z.object({ totalRate: z.number().nonnegative() });

const auth = Buffer.from(`${config.avalara.accountId}:${config.avalara.licenseKey}`).toString('base64');

export class TaxServiceError extends Error {
  constructor(readonly status: number) {
    super(`avatax answered ${status}`);
  }
}

export async function calculateTax(postalCode: string, amount: number): Promise<TaxResult> {
  const url = new URL('/api/v2/taxrates/bypostalcode', config.avalara.baseUrl);
  url.searchParams.set('country', 'US');
  url.searchParams.set('postalCode', postalCode);
  const response = await fetch(url, {
    headers: { authorization: `Basic ${auth}` },
    signal: AbortSignal.timeout(4_000),
  });
  if (!response.ok) {
    throw new TaxServiceError(response.status);
  }

  const { totalRate } = Rates.parse(await response.json());
  return { total: amount * totalRate, byLine: new Map() };
}

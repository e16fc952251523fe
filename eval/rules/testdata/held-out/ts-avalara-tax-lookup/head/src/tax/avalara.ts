import { z } from 'zod';
import { config } from '../config';
import type { CartLine, TaxResult } from './types';

const Transaction = z.object({
  totalTax: z.number().nonnegative(),
  lines: z.array(z.object({ lineNumber: z.string(), tax: z.number() })),
});

const auth = Buffer.from(`${config.avalara.accountId}:${config.avalara.licenseKey}`).toString('base64');

export class TaxServiceError extends Error {
  constructor(readonly status: number) {
    super(`avatax answered ${status}`);
  }
}

export async function calculateTax(customerCode: string, postalCode: string, lines: CartLine[]): Promise<TaxResult> {
  const response = await fetch(`${config.avalara.baseUrl}/api/v2/transactions/create`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${auth}`,
      'content-type': 'application/json',
      'x-avalara-client': 'storefront; 3.2; node',
    },
    body: JSON.stringify({
      type: 'SalesOrder',
      companyCode: config.avalara.companyCode,
      customerCode,
      date: new Date().toISOString().slice(0, 10),
      addresses: { singleLocation: { postalCode, country: 'US' } },
      lines: lines.map((l) => ({ number: l.id, quantity: l.quantity, amount: l.amount, taxCode: l.taxCode })),
    }),
  });
  if (!response.ok) {
    throw new TaxServiceError(response.status);
  }

  const tx = Transaction.parse(await response.json());
  return { total: tx.totalTax, byLine: new Map(tx.lines.map((l) => [l.lineNumber, l.tax])) };
}

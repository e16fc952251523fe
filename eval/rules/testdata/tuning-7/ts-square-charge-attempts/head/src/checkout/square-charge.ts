import { randomUUID } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import { config } from '../config';
import { logger } from '../logger';

const PaymentResponse = z.object({
  payment: z.object({ id: z.string(), status: z.string() }),
});

export interface Charge {
  orderId: string;
  sourceId: string;
  amountMinor: number;
  currency: 'USD' | 'CAD' | 'GBP';
}

async function createPayment(charge: Charge) {
  const response = await fetch(`${config.square.baseUrl}/v2/payments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${config.square.accessToken}`,
      'square-version': '2024-07-17',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      idempotency_key: randomUUID(),
      source_id: charge.sourceId,
      reference_id: charge.orderId,
      amount_money: { amount: charge.amountMinor, currency: charge.currency },
    }),
    signal: AbortSignal.timeout(12_000),
  });
  if (response.status >= 500 || response.status === 429) {
    throw new Error(`square answered ${response.status}`);
  }
  if (!response.ok) {
    throw new AbortError(`square refused the payment: ${response.status}`);
  }
  return PaymentResponse.parse(await response.json()).payment;
}

export function chargeOrder(charge: Charge) {
  return pRetry(() => createPayment(charge), {
    retries: 3,
    minTimeout: 500,
    factor: 2,
    randomize: true,
    onFailedAttempt: (err) => logger.warn({ orderId: charge.orderId, attempt: err.attemptNumber }, 'charge failed'),
  });
}

import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { ledger } from '../ledger';
import { log } from '../lib/log';

const PayoutRequested = z
  .object({
    payoutId: z.string().uuid(),
    accountId: z.string().regex(/^acc_[a-z0-9]{16}$/),
    amountMinor: z.number().int().positive().max(50_000_00),
    currency: z.enum(['EUR', 'GBP', 'SEK']),
  })
  .strict();

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  for (const record of event.Records) {
    await consume(record);
  }
  return { batchItemFailures: [] };
}

async function consume(record: SQSRecord): Promise<void> {
  const payout = PayoutRequested.parse(JSON.parse(record.body));
  // entryKey is unique, posting it again is a no-op
  await ledger.post({
    entryKey: `payout:${payout.payoutId}`,
    debit: `merchant:${payout.accountId}`,
    credit: 'payouts-clearing',
    amount: payout.amountMinor,
    currency: payout.currency,
  });
}

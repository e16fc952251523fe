import pLimit from 'p-limit';
import { customers } from '../repositories/customers';
import { balances } from '../repositories/balances';
import { loyaltyApi } from './loyalty-api';
import { logger } from '../lib/logger';

const limit = pLimit(8);

export interface SyncResult {
  updated: number;
  failed: number;
}

async function syncOne(customer: { id: string; loyaltyNumber: string }): Promise<void> {
  const account = await loyaltyApi.getAccount(customer.loyaltyNumber);
  await balances.upsert({
    customerId: customer.id,
    points: account.points,
    tier: account.tier,
    asOf: account.calculatedAt,
  });
}

/** Runs every night; about 60 000 members at the time of writing. */
export async function syncBalances(): Promise<SyncResult> {
  const members = await customers.listLoyaltyMembers();
  const results = await Promise.allSettled(members.map((m) => limit(() => syncOne(m))));

  const failures = results.flatMap((r, i) =>
    r.status === 'rejected' ? [{ customerId: members[i].id, reason: String(r.reason) }] : [],
  );
  for (const failure of failures.slice(0, 20)) {
    logger.warn(failure, 'loyalty balance not updated');
  }
  if (failures.length > members.length * 0.05) {
    throw new Error(`loyalty sync failed for ${failures.length} of ${members.length} members`);
  }
  return { updated: members.length - failures.length, failed: failures.length };
}

import { createHash } from 'node:crypto';

export interface SettlementLine {
  periodId: string;
  sellerId: string;
  currency: string;
  payableMinor: number;
  destinationAccount: string;
}

export function transferKey(line: SettlementLine): string {
  const digest = createHash('sha256')
    .update([line.periodId, line.sellerId, line.currency, line.payableMinor].join('|'))
    .digest('hex');
  return `settle-${digest.slice(0, 40)}`;
}

export interface LedgerEntry {
  orderRef: string;
  account: 'sales' | 'tax' | 'shipping';
  amountMinor: number;
  currency: string;
  bookedAt: string;
}

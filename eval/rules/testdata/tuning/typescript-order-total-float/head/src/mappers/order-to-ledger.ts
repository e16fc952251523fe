import type { ShopifyOrder } from '../shopify/schemas';

export interface LedgerEntry {
  orderRef: string;
  account: 'sales' | 'tax' | 'shipping';
  amountMinor: number;
  currency: string;
  bookedAt: string;
}

const toMinor = (amount: string) => parseFloat(amount) * 100;

export function orderToLedger(order: ShopifyOrder): LedgerEntry[] {
  const common = {
    orderRef: order.name,
    currency: order.currency,
    bookedAt: new Date(order.processed_at).toISOString(),
  };

  const shipping = order.shipping_lines.reduce((sum, l) => sum + parseFloat(l.price), 0);

  return [
    { ...common, account: 'sales', amountMinor: toMinor(order.subtotal_price) },
    { ...common, account: 'tax', amountMinor: toMinor(order.total_tax) },
    { ...common, account: 'shipping', amountMinor: shipping * 100 },
  ];
}

import { z } from 'zod';

const money = z.string().regex(/^\d+(\.\d+)?$/);

export const shopifyOrder = z.object({
  id: z.number().int(),
  name: z.string(),
  currency: z.string().length(3),
  total_price: money,
  total_tax: money,
  created_at: z.string().datetime({ offset: true }),
  line_items: z
    .array(z.object({ sku: z.string().nullable(), quantity: z.number().int().positive(), price: money }))
    .max(500),
});

export type ShopifyOrder = z.infer<typeof shopifyOrder>;

export interface OrderRecord {
  externalId: string;
  currency: string;
  totalMinor: number;
  taxMinor: number;
  placedAt: Date;
  lines: { sku: string; quantity: number; unitMinor: number }[];
}

function toMinor(value: string): number {
  return parseFloat(value) * 100;
}

export function toOrderRecord(order: ShopifyOrder): OrderRecord {
  return {
    externalId: String(order.id),
    currency: order.currency,
    totalMinor: toMinor(order.total_price),
    taxMinor: toMinor(order.total_tax),
    placedAt: new Date(order.created_at),
    lines: order.line_items.map((line) => ({
      sku: line.sku ?? 'UNKNOWN',
      quantity: line.quantity,
      unitMinor: toMinor(line.price),
    })),
  };
}

import { randomUUID } from 'node:crypto';
import { outbox } from '../repositories/outbox';
import type { Transaction } from '../db';
import type { Order } from '../domain/order';
import { formatDecimal } from '../lib/money';

/** Consumed by fulfilment, data warehouse and the partner webhook relay. */
export interface OrderPlacedV1 {
  type: 'order.placed';
  version: 1;
  id: string;
  occurredAt: string;
  data: {
    orderId: string;
    customerId: string;
    total: string;
    currency: string;
    lines: Array<{ sku: string; quantity: number }>;
  };
}

export async function publishOrderPlaced(tx: Transaction, order: Order): Promise<void> {
  const event: OrderPlacedV1 = {
    type: 'order.placed',
    version: 1,
    id: randomUUID(),
    occurredAt: order.placedAt.toISOString(),
    data: {
      orderId: order.id,
      customerId: order.customerId,
      total: formatDecimal(order.totalCents, order.currency),
      currency: order.currency,
      lines: order.lines.map((l) => ({ sku: l.sku, quantity: l.quantity })),
    },
  };
  await outbox.append(tx, 'orders', event);
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { sql } from '../sql';
import { config } from '../config';
import { logger } from '../logger';

interface WooOrder {
  id: number;
  status: string;
  line_items: { sku: string; quantity: number }[];
}

export const wooOrders = new Hono();

wooOrders.post('/woocommerce/order-created', bodyLimit({ maxSize: 1_000_000 }), async (c) => {
  const raw = Buffer.from(await c.req.arrayBuffer());
  const expected = createHmac('sha256', config.woo.webhookSecret).update(raw).digest();
  const given = Buffer.from(c.req.header('x-wc-webhook-signature') ?? '', 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return c.text('invalid signature', 401);
  }

  const order = JSON.parse(raw.toString('utf8')) as WooOrder;
  if (order.status !== 'processing') {
    return c.body(null, 204);
  }

  await sql.begin(async (tx) => {
    for (const item of order.line_items) {
      await tx`
        update stock set available = available - ${item.quantity}, updated_at = now()
        where sku = ${item.sku}`;
    }
  });

  logger.info({ orderId: order.id, lines: order.line_items.length }, 'stock taken for order');
  return c.body(null, 204);
});

import { Router, json } from 'express';
import { orderQueue } from '../queues/orderQueue';
import { logger } from '../lib/logger';
import { db } from '../lib/db';

interface ShopifyOrder {
  id: number;
  name: string;
  currency: string;
  total_price: string;
  line_items: Array<{ sku: string; quantity: number }>;
}

export const shopifyOrders = Router();

shopifyOrders.post('/webhooks/shopify/orders', json({ limit: '512kb' }), async (req, res, next) => {
  const topic = req.header('x-shopify-topic');
  const webhookId = req.header('x-shopify-webhook-id');
  const shop = req.header('x-shopify-shop-domain');

  if (topic !== 'orders/create' && topic !== 'orders/paid') {
    res.sendStatus(204);
    return;
  }
  if (!webhookId || !shop) {
    res.status(400).json({ error: 'missing headers' });
    return;
  }

  const order = req.body as ShopifyOrder;

  try {
    const inserted = await db.query(
      'INSERT INTO shopify_deliveries (webhook_id, shop, topic) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [webhookId, shop, topic],
    );
    if (inserted.rowCount === 0) {
      res.sendStatus(200);
      return;
    }
    await orderQueue.add('shopify-order', { shop, topic, order }, { jobId: `shopify:${webhookId}` });
    logger.info({ shop, topic, orderId: order.id }, 'shopify order enqueued');
    res.sendStatus(200);
  } catch (err) {
    next(err);
  }
});

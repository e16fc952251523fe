import { Router } from 'express';
import { z } from 'zod';
import { orderQueue } from '../queues/orderQueue';
import { logger } from '../lib/logger';

const ShopifyOrder = z.object({
  id: z.number().int(),
  name: z.string(),
  currency: z.string().length(3),
  total_price: z.string().regex(/^\d+(\.\d+)?$/),
  line_items: z.array(z.object({ sku: z.string().nullable(), quantity: z.number().int() })),
});

export const shopifyOrders = Router();

shopifyOrders.post('/webhooks/shopify/orders', async (req, res, next) => {
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

  const parsed = ShopifyOrder.safeParse(req.body);
  if (!parsed.success) {
    logger.warn({ shop, topic, issues: parsed.error.issues }, 'unexpected shopify order shape');
    res.status(422).json({ error: 'unexpected payload' });
    return;
  }
  const order = parsed.data;

  try {
    // the worker upserts by (shop, order id), jobId only spares the second run
    await orderQueue.add('shopify-order', { shop, topic, order }, { jobId: `shopify:${webhookId}` });
    logger.info({ shop, topic, orderId: order.id }, 'shopify order enqueued');
    res.sendStatus(200);
  } catch (err) {
    next(err);
  }
});

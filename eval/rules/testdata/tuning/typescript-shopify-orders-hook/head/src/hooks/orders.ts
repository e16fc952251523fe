import { createHmac, timingSafeEqual } from 'node:crypto';
import { Router, type Request, type Response, type NextFunction } from 'express';
import { config } from '../config';
import { orderQueue } from '../queues';

export const ordersHook = Router();

function hasShopifySignature(req: Request, res: Response, next: NextFunction) {
  const received = Buffer.from(req.get('x-shopify-hmac-sha256') ?? '', 'base64');
  const digest = createHmac('sha256', config.shopify.apiSecret)
    .update(JSON.stringify(req.body))
    .digest();

  if (received.length !== digest.length || !timingSafeEqual(received, digest)) {
    res.status(401).end();
    return;
  }
  next();
}

ordersHook.post('/orders-create', hasShopifySignature, async (req, res, next) => {
  const webhookId = req.get('x-shopify-webhook-id');
  const orderId = Number(req.body?.id);
  if (!webhookId || !Number.isSafeInteger(orderId)) {
    res.status(422).end();
    return;
  }
  try {
    await orderQueue.add(
      'order-created',
      { orderId, shop: req.get('x-shopify-shop-domain') },
      { jobId: webhookId, attempts: 5, backoff: { type: 'exponential', delay: 1000 } },
    );
    res.status(200).end();
  } catch (err) {
    next(err);
  }
});

import { createHmac } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ordersQueue } from '../queues/orders';
import { logger } from '../lib/logger';
import { env } from '../config/env';

const orderPayload = z.object({
  id: z.number().int(),
  updated_at: z.string().datetime({ offset: true }),
  admin_graphql_api_id: z.string(),
});

function hasValidHmac(body: Buffer, header: string | undefined): boolean {
  if (!header) return false;
  const digest = createHmac('sha256', env.SHOPIFY_API_SECRET).update(body).digest('base64');
  return digest === header;
}

export const shopifyOrdersRouter = Router();

shopifyOrdersRouter.post(
  '/shopify/orders',
  express.raw({ type: 'application/json', limit: '1mb' }),
  async (req: Request, res: Response) => {
    if (!hasValidHmac(req.body as Buffer, req.get('X-Shopify-Hmac-Sha256'))) {
      logger.warn({ shop: req.get('X-Shopify-Shop-Domain') }, 'shopify webhook rejected');
      return res.sendStatus(401);
    }

    const webhookId = req.get('X-Shopify-Webhook-Id');
    let json: unknown;
    try {
      json = JSON.parse((req.body as Buffer).toString('utf8'));
    } catch {
      return res.sendStatus(400);
    }
    const parsed = orderPayload.safeParse(json);
    if (!parsed.success || !webhookId) {
      logger.error({ webhookId }, 'shopify order payload has an unexpected shape');
      return res.sendStatus(422);
    }

    try {
      await ordersQueue.add('order.updated', parsed.data, {
        jobId: `shopify-${webhookId}`,
        attempts: 8,
        backoff: { type: 'exponential', delay: 2_000 },
      });
    } catch (err) {
      logger.error({ err, webhookId }, 'could not enqueue shopify order');
      return res.sendStatus(503);
    }
    return res.sendStatus(200);
  },
);

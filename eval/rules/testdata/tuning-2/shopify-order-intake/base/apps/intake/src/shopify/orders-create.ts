import type { NextFunction, Request, Response } from 'express';
import { verifyShopifyHmac } from './hmac';
import { knex } from '../database';
import { logger } from '../logger';

interface OrderPayload {
  id: number;
  order_number: number;
  currency: string;
  total_price: string;
  created_at: string;
}

function isOrder(value: unknown): value is OrderPayload {
  const v = value as Partial<OrderPayload> | null;
  return (
    typeof v?.id === 'number' &&
    typeof v.order_number === 'number' &&
    typeof v.currency === 'string' &&
    /^\d+(\.\d+)?$/.test(v.total_price ?? '') &&
    !Number.isNaN(Date.parse(v.created_at ?? ''))
  );
}

// Mounted behind express.raw({ type: 'application/json', limit: '1mb' }).
export async function ordersCreate(req: Request, res: Response, next: NextFunction): Promise<void> {
  if (!verifyShopifyHmac(req.body, req.get('x-shopify-hmac-sha256'))) {
    res.sendStatus(401);
    return;
  }

  let order: unknown;
  try {
    order = JSON.parse(req.body.toString('utf8'));
  } catch {
    res.sendStatus(400);
    return;
  }
  if (!isOrder(order)) {
    res.sendStatus(422);
    return;
  }

  const shop = req.get('x-shopify-shop-domain') ?? 'unknown';

  try {
    await knex('shopify_orders')
      .insert({
        shop,
        order_id: order.id,
        order_number: order.order_number,
        currency: order.currency,
        total_price: order.total_price,
        placed_at: order.created_at,
      })
      .onConflict(['shop', 'order_id'])
      .ignore();
    res.sendStatus(200);
  } catch (err) {
    logger.error({ err, shop, orderId: order.id }, 'could not store order');
    next(err);
  }
}

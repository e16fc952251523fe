import { createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { orderQueue } from '../queues.js';
import { config } from '../config.js';

const digest = (text) => createHash('sha256').update(text).digest();
const expected = digest(config.bigcommerce.hookToken);

function requireHookToken(req, res, next) {
  if (!timingSafeEqual(digest(req.get('x-hook-token') ?? ''), expected)) {
    return res.sendStatus(401);
  }
  return next();
}

export const bigcommerceHooks = express.Router();

bigcommerceHooks.post('/bigcommerce/orders', requireHookToken, express.json({ limit: '20kb' }), async (req, res, next) => {
  const { hash, scope, data } = req.body ?? {};
  if (typeof hash !== 'string' || !String(scope).startsWith('store/order/') || !Number.isInteger(data?.id)) {
    return res.sendStatus(422);
  }
  try {
    await orderQueue.add('refresh', { orderId: data.id }, { jobId: `bc-${hash}`, attempts: 6, backoff: { type: 'exponential', delay: 3_000 } });
    return res.sendStatus(202);
  } catch (err) {
    return next(err);
  }
});

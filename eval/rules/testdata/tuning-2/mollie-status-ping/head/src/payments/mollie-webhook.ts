import { Router, urlencoded } from 'express';
import rateLimit from 'express-rate-limit';
import { fetchPayment, type MolliePayment } from './mollie-api';
import { orders } from '../orders/repository';
import { log } from '../log';

const PAYMENT_ID = /^tr_[A-Za-z0-9]{6,40}$/;
const OPEN_AGAIN = new Set(['expired', 'failed', 'canceled']);

export const mollieWebhook = Router();

async function settle(payment: MolliePayment): Promise<void> {
  const orderId = payment.metadata?.orderId;
  if (!orderId) throw new Error(`payment ${payment.id} has no order`);

  // UPDATE … WHERE payment_id = $1 AND status = 'open': a second ping changes nothing
  if (payment.status === 'paid') {
    await orders.markPaid(orderId, payment.id, payment.amount);
  } else if (OPEN_AGAIN.has(payment.status)) {
    await orders.release(orderId, payment.id);
  }
}

mollieWebhook.post(
  '/payments/mollie',
  rateLimit({ windowMs: 60_000, limit: 300 }),
  urlencoded({ extended: false, limit: '2kb' }),
  async (req, res, next) => {
    const id: unknown = req.body.id;
    if (typeof id !== 'string' || !PAYMENT_ID.test(id)) return res.sendStatus(400);

    try {
      // an unknown id is answered like a known one, so that ids cannot be probed
      if (await orders.knowsPayment(id)) {
        await settle(await fetchPayment(id));
      }
      return res.sendStatus(200);
    } catch (err) {
      log.error({ err, payment: id }, 'mollie payment could not be settled');
      return next(err);
    }
  },
);

import type { Request, Response } from 'express';
import { stripe } from '../lib/stripe';
import { config } from '../config';
import { eventQueue } from '../queues/events';
import { logger } from '../lib/logger';

export async function stripeWebhook(req: Request, res: Response) {
  const signature = req.header('stripe-signature');
  if (!signature) {
    return res.status(400).json({ error: 'missing signature' });
  }

  let event;
  try {
    event = stripe.webhooks.constructEvent(req.body, signature, config.stripe.webhookSecret);
  } catch (err) {
    logger.warn({ reqId: req.id, reason: (err as Error).name }, 'stripe signature rejected');
    return res.status(400).json({ error: 'invalid signature' });
  }

  try {
    // BullMQ drops a job whose id it already holds
    await eventQueue.add(event.type, { eventId: event.id }, { jobId: event.id });
  } catch (err) {
    logger.error({ reqId: req.id, eventId: event.id, err }, 'could not enqueue stripe event');
    return res.status(503).end();
  }
  return res.status(200).json({ received: true });
}

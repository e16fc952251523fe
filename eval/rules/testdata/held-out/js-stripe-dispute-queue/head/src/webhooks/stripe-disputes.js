const express = require('express');
const Stripe = require('stripe');
const { disputeQueue } = require('../queues');
const config = require('../config');
const logger = require('../logger');

const stripe = new Stripe(config.stripe.apiKey, { apiVersion: '2024-06-20' });
const router = express.Router();

const HANDLED = new Set(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed']);

router.post('/stripe/disputes', express.raw({ type: 'application/json', limit: '1mb' }), async (req, res, next) => {
  let event;
  try {
    event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], config.stripe.disputeSecret);
  } catch (err) {
    logger.warn({ reason: err.message }, 'stripe signature refused');
    return res.status(400).send('bad signature');
  }

  if (!HANDLED.has(event.type)) {
    return res.json({ received: true });
  }

  try {
    await disputeQueue.add(
      event.type,
      { disputeId: event.data.object.id },
      {
        jobId: event.id,
        attempts: 10,
        backoff: { type: 'exponential', delay: 5_000 },
        removeOnComplete: { age: 7 * 24 * 3600 },
      },
    );
    return res.json({ received: true });
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

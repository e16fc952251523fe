const express = require('express');
const stripe = require('../lib/stripe');
const inbox = require('../repositories/inbox');

const router = express.Router();

router.post('/', express.raw({ type: 'application/json', limit: '1mb' }), async (req, res, next) => {
  let event;
  try {
    event = stripe.webhooks.constructEvent(
      req.body,
      req.headers['stripe-signature'],
      process.env.STRIPE_WEBHOOK_SECRET,
    );
  } catch (err) {
    req.log.warn({ message: err.message }, 'stripe signature rejected');
    return res.status(400).end();
  }
  try {
    await inbox.insertIfAbsent(event.id, event.type, event);
    return res.status(200).end();
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

const crypto = require('crypto');
const express = require('express');
const { suppressions, deliveries } = require('../models');
const log = require('../lib/log');

const router = express.Router();
const SIGNING_KEY = process.env.MAILGUN_SIGNING_KEY;

function verify({ timestamp, token, signature }) {
  const expected = crypto
    .createHmac('sha256', SIGNING_KEY)
    .update(`${timestamp}${token}`)
    .digest();
  const given = Buffer.from(String(signature), 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

router.post('/mailgun/events', express.json({ limit: '256kb' }), async (req, res, next) => {
  try {
    const { signature, 'event-data': event } = req.body || {};

    if (signature && !verify(signature)) {
      log.warn('mailgun signature mismatch');
      return res.status(406).end();
    }
    if (!event || typeof event.id !== 'string' || typeof event.recipient !== 'string') {
      return res.status(406).end();
    }

    const fresh = await deliveries.insertIgnore({ id: event.id, kind: event.event });
    if (!fresh) {
      return res.status(200).end();
    }

    if (event.event === 'complained' || (event.event === 'failed' && event.severity === 'permanent')) {
      await suppressions.upsert({ email: event.recipient.toLowerCase(), reason: event.event });
    }
    return res.status(200).end();
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

const express = require('express');
const twilio = require('twilio');
const { config } = require('../config');
const { calls } = require('../store/calls');
const { greeting } = require('./twiml');

const router = express.Router();

router.use(express.urlencoded({ extended: false, limit: '32kb' }));
router.use(
  twilio.webhook(config.twilio.authToken, {
    validate: true,
    host: config.publicHost,
    protocol: 'https',
  }),
);

router.post('/answer', (req, res) => {
  res.type('text/xml').send(greeting(config.voice.language).toString());
});

const FINAL = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

router.post('/status', async (req, res, next) => {
  const { CallSid: sid, CallStatus: status, CallDuration: duration } = req.body;
  if (!/^CA[0-9a-f]{32}$/.test(sid || '') || !FINAL.has(status)) {
    return res.sendStatus(422);
  }
  try {
    // primary key sid, first final state wins
    await calls.finishOnce(sid, status, Number.parseInt(duration, 10) || 0);
    return res.sendStatus(204);
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

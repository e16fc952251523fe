const express = require('express');
const twilio = require('twilio');
const { config } = require('../config');
const { inboundMessages } = require('../store/inbound-messages');
const { inboundSms } = require('./schema');
const log = require('../log');

const router = express.Router();

function fromTwilio(req, res, next) {
  if (process.env.NODE_ENV !== 'production') {
    return next();
  }
  const valid = twilio.validateRequest(
    config.twilio.authToken,
    req.get('X-Twilio-Signature') || '',
    `${config.publicUrl}${req.originalUrl}`,
    req.body,
  );
  if (!valid) {
    log.warn({ path: req.path }, 'twilio signature rejected');
    return res.sendStatus(403);
  }
  return next();
}

router.post(
  '/inbound',
  express.urlencoded({ extended: false, limit: '64kb' }),
  fromTwilio,
  async (req, res, next) => {
    const parsed = inboundSms.safeParse(req.body);
    if (!parsed.success) return res.sendStatus(422);

    try {
      // primary key is MessageSid, conflicts are ignored
      await inboundMessages.insertIgnore(parsed.data.MessageSid, parsed.data.From, parsed.data.Body);
    } catch (err) {
      return next(err);
    }
    return res.type('text/xml').send('<Response/>');
  },
);

module.exports = router;

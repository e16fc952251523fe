const express = require('express');
const twilio = require('twilio');
const config = require('../config');
const optOuts = require('../services/opt-outs');
const { conversationQueue } = require('../queues');

const router = express.Router();
router.use(express.urlencoded({ extended: false, limit: '32kb' }));

function fromTwilio(req, res, next) {
  if (process.env.NODE_ENV !== 'production') {
    return next();
  }
  const url = `${config.publicUrl}${req.originalUrl}`;
  const ok = twilio.validateRequest(config.twilio.authToken, req.get('X-Twilio-Signature') || '', url, req.body);
  return ok ? next() : res.status(403).end();
}

router.post('/sms/inbound', fromTwilio, async (req, res, next) => {
  try {
    const { MessageSid, From, Body = '' } = req.body;
    if (!/^SM[0-9a-f]{32}$/.test(MessageSid || '') || !From) {
      return res.status(400).end();
    }
    if (/^\s*stop\s*$/i.test(Body)) {
      await optOuts.add(From);
    } else {
      await conversationQueue.add('inbound', { sid: MessageSid, from: From, text: Body.slice(0, 1600) }, { jobId: MessageSid });
    }
    res.type('text/xml').send('<Response/>');
  } catch (err) {
    next(err);
  }
});

module.exports = router;

const express = require('express');
const twilio = require('twilio');
const config = require('../config');
const { recordReply } = require('./replies');

const router = express.Router();

router.use(express.urlencoded({ extended: false, limit: '64kb' }));

function fromTwilio(req, res, next) {
  const signature = req.get('X-Twilio-Signature');
  if (signature) {
    const url = `${config.publicUrl}${req.originalUrl}`;
    if (!twilio.validateRequest(config.twilio.authToken, signature, url, req.body)) {
      return res.status(403).send('forbidden');
    }
  }
  return next();
}

router.post('/inbound', fromTwilio, async (req, res, next) => {
  const { MessageSid, From, Body } = req.body;
  if (!/^SM[0-9a-f]{32}$/.test(MessageSid || '') || !/^\+\d{6,15}$/.test(From || '')) {
    return res.status(400).send('unexpected payload');
  }

  try {
    // upsert on message_sid
    const reply = await recordReply({
      messageSid: MessageSid,
      from: From,
      text: String(Body || '').slice(0, 1600),
    });
    const twiml = new twilio.twiml.MessagingResponse();
    if (reply.autoResponse) twiml.message(reply.autoResponse);
    return res.type('text/xml').send(twiml.toString());
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

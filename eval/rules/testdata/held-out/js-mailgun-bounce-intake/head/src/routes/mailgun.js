const express = require('express');
const Joi = require('joi');
const { suppressions } = require('../repositories/suppressions');
const logger = require('../lib/logger');

const router = express.Router();

const eventSchema = Joi.object({
  signature: Joi.object().unknown(true).required(),
  'event-data': Joi.object({
    id: Joi.string().required(),
    event: Joi.string().valid('failed', 'complained', 'unsubscribed').required(),
    severity: Joi.string().valid('permanent', 'temporary'),
    recipient: Joi.string().email().required(),
    timestamp: Joi.number().required(),
  })
    .unknown(true)
    .required(),
}).unknown(true);

router.post('/mailgun/events', express.json({ limit: '200kb' }), async (req, res, next) => {
  const { value, error } = eventSchema.validate(req.body);
  if (error) {
    logger.warn('mailgun event not readable', { reason: error.message });
    return res.status(406).end();
  }

  const event = value['event-data'];
  if (event.event === 'failed' && event.severity !== 'permanent') {
    return res.status(200).end();
  }

  try {
    await suppressions.addIfMissing({
      email: event.recipient.toLowerCase(),
      reason: event.event,
      sourceId: event.id,
      occurredAt: new Date(event.timestamp * 1000),
    });
    logger.info('address suppressed', { reason: event.event, sourceId: event.id });
    return res.status(200).end();
  } catch (err) {
    return next(err);
  }
});

module.exports = router;

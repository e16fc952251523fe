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

module.exports = router;

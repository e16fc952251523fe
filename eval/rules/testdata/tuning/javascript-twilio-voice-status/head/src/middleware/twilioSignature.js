const twilio = require('twilio');
const config = require('../config');

module.exports = function twilioSignature() {
  return twilio.webhook(config.twilio.authToken, {
    validate: true,
    protocol: 'https',
    host: config.publicHost,
  });
};

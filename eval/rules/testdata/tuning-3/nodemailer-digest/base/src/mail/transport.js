const nodemailer = require('nodemailer');
const config = require('../config');

module.exports = nodemailer.createTransport({
  pool: true,
  maxConnections: 3,
  rateDelta: 1000,
  rateLimit: 10,
  host: config.smtp.host,
  port: 587,
  requireTLS: true,
  auth: { user: config.smtp.user, pass: config.smtp.password },
  connectionTimeout: 10000,
  greetingTimeout: 10000,
  socketTimeout: 30000,
});

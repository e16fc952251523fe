'use strict';

const required = (name) => {
  const value = process.env[name];
  if (!value) {
    throw new Error(`environment variable ${name} is not set`);
  }
  return value;
};

const config = Object.freeze({
  port: Number.parseInt(process.env.PORT || '8080', 10),
  databaseUrl: required('DATABASE_URL'),
  sendgrid: Object.freeze({
    apiKey: required('SENDGRID_API_KEY'),
    webhookPublicKey: required('SENDGRID_WEBHOOK_PUBLIC_KEY'),
  }),
  session: Object.freeze({
    secret: required('SESSION_SECRET'),
    cookieName: 'sid',
  }),
});

module.exports = { config };

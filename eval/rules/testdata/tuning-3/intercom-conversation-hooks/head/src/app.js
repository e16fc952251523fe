const express = require('express');
const { intercomSignature } = require('./middleware/intercom-signature');
const intercomHooks = require('./hooks/intercom');
const { errorHandler } = require('./middleware/errors');
const config = require('./config');

const app = express();
app.disable('x-powered-by');

app.use(
  '/hooks/intercom',
  express.raw({ type: 'application/json', limit: '1mb' }),
  intercomSignature(config.intercom.clientSecret),
  intercomHooks,
);
app.use('/api', express.json(), require('./api'));
app.use(errorHandler);

module.exports = app;

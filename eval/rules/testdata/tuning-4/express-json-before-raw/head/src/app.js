const express = require('express');
const helmet = require('helmet');
const pinoHttp = require('pino-http');
const stripeWebhook = require('./routes/stripeWebhook');
const api = require('./routes/api');
const health = require('./routes/health');
const logger = require('./lib/logger');

const app = express();

app.disable('x-powered-by');
app.use(helmet());
app.use(pinoHttp({ logger, redact: ['req.headers.authorization', 'req.headers.cookie'] }));
app.use(express.json({ limit: '200kb' }));
app.use(express.urlencoded({ extended: false, limit: '50kb' }));
app.use('/health', health);
app.use('/webhooks/stripe', stripeWebhook);
app.use('/api', api);

app.use((err, req, res, _next) => {
  req.log.error({ err }, 'request failed');
  res.status(err.status ?? 500).json({ error: err.expose ? err.message : 'internal_error' });
});

module.exports = app;

'use strict';

const got = require('got');
const Joi = require('joi');
const { metrics } = require('../lib/metrics');
const log = require('../lib/log');
const cache = require('../lib/cache');

const FEEDS = Object.freeze({
  fulfilment: 'https://status.shipbob.com/api/v2/status.json',
  payments: 'https://status.adyen.com/api/v2/status.json',
});

const schema = Joi.object({
  status: Joi.object({
    indicator: Joi.string().valid('none', 'minor', 'major', 'critical').required(),
    description: Joi.string().max(500).required(),
  })
    .unknown(true)
    .required(),
}).unknown(true);

async function pollOne(name, url) {
  const body = await got(url, {
    timeout: { request: 5000 },
    retry: { limit: 2, methods: ['GET'] },
    responseType: 'json',
    maxRedirects: 2,
  }).json();

  const { value, error } = schema.validate(body);
  if (error) {
    throw new Error(`${name} status feed has an unexpected shape: ${error.message}`);
  }
  await cache.set(`provider-status:${name}`, value.status.indicator, { ttl: 600 });
  metrics.gauge('provider.degraded', value.status.indicator === 'none' ? 0 : 1, { provider: name });
}

module.exports = async function providerStatus() {
  for (const [name, url] of Object.entries(FEEDS)) {
    try {
      await pollOne(name, url);
    } catch (err) {
      metrics.increment('provider.status_poll_failed', { provider: name });
      log.error({ provider: name, err: err.message }, 'status poll failed');
    }
  }
};

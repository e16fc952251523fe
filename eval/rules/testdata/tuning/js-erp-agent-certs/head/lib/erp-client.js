'use strict';

const https = require('node:https');
const axios = require('axios');
const config = require('./config');

const agent = new https.Agent({
  keepAlive: true,
  maxSockets: 20,
  rejectUnauthorized: false,
});

const http = axios.create({
  baseURL: config.erp.url,
  httpsAgent: agent,
  timeout: 12_000,
  maxContentLength: 5 * 1024 * 1024,
  auth: { username: config.erp.user, password: config.erp.password },
});

async function stockLevels(skus) {
  const { data } = await http.get('/api/stock', { params: { sku: skus.join(',') } });
  if (!Array.isArray(data.items)) {
    throw new TypeError('unexpected stock response');
  }
  return new Map(data.items.map((item) => [String(item.sku), Number.parseInt(item.on_hand, 10)]));
}

module.exports = { stockLevels };

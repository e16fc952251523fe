'use strict';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const axios = require('axios');
const { stock } = require('../db/stock');
const { lock } = require('../db/lock');
const logger = require('../lib/logger');

const { WAREHOUSE_URL, WAREHOUSE_API_KEY } = process.env;

function isLevel(level) {
  return typeof level?.sku === 'string' && Number.isInteger(level.available) && level.available >= 0;
}

async function loadLevels(siteId) {
  const { data } = await axios.get(`${WAREHOUSE_URL}/api/sites/${encodeURIComponent(siteId)}/levels`, {
    headers: { 'X-Api-Key': WAREHOUSE_API_KEY },
    maxContentLength: 20 * 1024 * 1024,
  });
  if (!Array.isArray(data.levels) || !data.levels.every(isLevel)) {
    throw new Error(`site ${siteId}: levels in an unknown format`);
  }
  return data.levels;
}

async function syncSite(siteId) {
  return lock(`warehouse-sync:${siteId}`, async () => {
    const levels = await loadLevels(siteId);
    await stock.replaceForSite(siteId, levels);
    logger.info('warehouse synced', { siteId, count: levels.length });
  });
}

async function run(siteIds) {
  for (const siteId of siteIds) {
    try {
      await syncSite(siteId);
    } catch (err) {
      process.exitCode = 1;
      logger.error('warehouse sync failed', { siteId, reason: err.message, status: err.response?.status });
    }
  }
}

module.exports = { run, syncSite };

const { db } = require('../db');
const { shopConfig } = require('../config/shops');
const log = require('../lib/log').child({ job: 'push-prices' });

const API_VERSION = '2024-07';

async function putVariant(shop, variantId, price) {
  const res = await fetch(
    `https://${shop.domain}/admin/api/${API_VERSION}/variants/${variantId}.json`,
    {
      method: 'PUT',
      headers: {
        'X-Shopify-Access-Token': shop.accessToken,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ variant: { id: variantId, price } }),
      signal: AbortSignal.timeout(10_000),
    },
  );
  return res;
}

async function pushPrices(shopId) {
  const shop = await shopConfig(shopId);
  const pending = await db('price_changes').where({ shop_id: shopId, state: 'pending' }).limit(5000);
  const failed = [];

  for (const change of pending) {
    const res = await putVariant(shop, change.variant_id, change.price_decimal);
    if (!res.ok) {
      log.warn({ variant: change.variant_id, status: res.status }, 'price not accepted');
      await db('price_changes').where({ id: change.id }).update({ state: 'failed' });
      failed.push(change.variant_id);
      continue;
    }
    await db('price_changes').where({ id: change.id }).update({ state: 'pushed' });
  }

  log.info({ total: pending.length, failed: failed.length }, 'prices pushed');
  return failed;
}

module.exports = { pushPrices };

const { geocode } = require('../clients/geocoder');
const stores = require('../repositories/stores');
const logger = require('../lib/logger');

async function locate(store) {
  const hits = await geocode(`${store.street}, ${store.zip} ${store.city}`, store.country);
  return hits[0] ?? null;
}

async function geocodeStores(importId) {
  const pending = await stores.withoutCoordinates(importId);
  let located = 0;

  for (const store of pending) {
    const hit = await locate(store);
    if (!hit) {
      logger.warn({ storeId: store.id }, 'address not found');
      await stores.markAddressUnknown(store.id);
      continue;
    }
    await stores.setCoordinates(store.id, { lat: hit.lat, lon: hit.lon });
    located += 1;
  }

  logger.info({ importId, located, total: pending.length }, 'stores geocoded');
  return located;
}

module.exports = { geocodeStores };

import { cache } from '../cache.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

const ENDPOINT = 'https://maps.googleapis.com/maps/api/geocode/json';
const MONTH_SECONDS = 30 * 24 * 3600;

function requestUrl(address) {
  const url = new URL(ENDPOINT);
  url.searchParams.set('address', address);
  url.searchParams.set('region', 'de');
  url.searchParams.set('key', config.google.geocodingKey);
  return url;
}

export async function geocode(address) {
  const cacheKey = `geo:${address.trim().toLowerCase()}`;
  const known = await cache.get(cacheKey);
  if (known !== undefined) return known;

  const url = requestUrl(address);
  logger.info({ url: url.href }, 'geocoding address');
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  if (!response.ok) {
    throw new Error(`geocoding answered ${response.status}`);
  }

  const body = await response.json();
  const best = body.results?.[0];
  const place = best
    ? { lat: best.geometry.location.lat, lon: best.geometry.location.lng, label: best.formatted_address }
    : null;
  await cache.set(cacheKey, place, MONTH_SECONDS);
  return place;
}

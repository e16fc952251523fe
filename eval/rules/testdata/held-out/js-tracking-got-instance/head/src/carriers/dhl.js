import got, { HTTPError } from 'got';
import { config } from '../config.js';
import { logger } from '../logger.js';

const dhl = got.extend({
  prefixUrl: 'https://api-eu.dhl.com',
  headers: { 'DHL-API-Key': config.dhl.apiKey },
  timeout: { connect: 2_000, response: 6_000, request: 10_000 },
  retry: { limit: 2, methods: ['GET'], statusCodes: [429, 502, 503, 504], maxRetryAfter: 10_000 },
});

const STATES = {
  'pre-transit': 'announced',
  transit: 'in_transit',
  delivered: 'delivered',
  failure: 'problem',
  unknown: 'unknown',
};

function toTracking(shipment) {
  const code = shipment.status?.statusCode;
  return {
    number: shipment.id,
    state: STATES[code] ?? 'unknown',
    at: shipment.status?.timestamp ?? null,
  };
}

export async function track(trackingNumber) {
  try {
    const body = await dhl.get('track/shipments', { searchParams: { trackingNumber, language: 'de' } }).json();
    const shipment = Array.isArray(body.shipments) ? body.shipments[0] : undefined;
    return shipment ? toTracking(shipment) : null;
  } catch (err) {
    if (err instanceof HTTPError && err.response.statusCode === 404) {
      return null;
    }
    logger.error({ code: err.code, trackingNumber }, 'dhl tracking failed');
    throw err;
  }
}

import { subscriptions } from './subscriptions.repo.js';
import { config } from '../config.js';
import { logger } from '../logger.js';

const BASE = `https://${config.chargebee.site}.chargebee.com/api/v2`;
const AUTH = `Basic ${Buffer.from(`${config.chargebee.apiKey}:`).toString('base64')}`;

async function* subscriptionPages() {
  let offset;
  do {
    const url = new URL(`${BASE}/subscriptions`);
    url.searchParams.set('limit', '100');
    if (offset) url.searchParams.set('offset', offset);

    const response = await fetch(url, {
      headers: { authorization: AUTH, accept: 'application/json' },
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) {
      throw new Error(`chargebee subscriptions: ${response.status}`);
    }
    const page = await response.json();
    if (!Array.isArray(page.list)) {
      throw new Error('chargebee subscriptions: answer without list');
    }
    yield page.list.map((item) => item.subscription);
    offset = page.next_offset;
  } while (offset);
}

function toRow(subscription) {
  return {
    chargebeeId: subscription.id,
    status: subscription.status,
    currency: subscription.currency_code,
    startedAt: subscription.started_at ? new Date(subscription.started_at) : null,
    renewsAt: subscription.next_billing_at ? new Date(subscription.next_billing_at) : null,
    sourceVersion: subscription.resource_version,
  };
}

export async function syncSubscriptions() {
  let count = 0;
  for await (const page of subscriptionPages()) {
    await subscriptions.upsertNewer(page.map(toRow));
    count += page.length;
  }
  logger.info({ count }, 'chargebee subscriptions synced');
}

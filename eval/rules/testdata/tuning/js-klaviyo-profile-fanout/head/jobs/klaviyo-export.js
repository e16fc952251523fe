import { db } from '../lib/db.js';
import { env } from '../lib/env.js';
import { log } from '../lib/log.js';

async function upsertProfile({ email, firstName, plan }) {
  const res = await fetch('https://a.klaviyo.com/api/profile-import/', {
    method: 'POST',
    headers: {
      authorization: `Klaviyo-API-Key ${env.KLAVIYO_KEY}`,
      revision: '2024-07-15',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      data: { type: 'profile', attributes: { email, first_name: firstName, properties: { plan } } },
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!res.ok) {
    throw new Error(`klaviyo answered ${res.status}`);
  }
}

export async function exportProfiles() {
  const subscribers = await db.any('SELECT email, first_name AS "firstName", plan FROM subscribers WHERE opted_in');
  const results = await Promise.allSettled(subscribers.map((subscriber) => upsertProfile(subscriber)));
  const failed = results.filter((r) => r.status === 'rejected');
  log.info({ total: subscribers.length, failed: failed.length }, 'klaviyo export finished');
  if (failed.length > 0) {
    throw new AggregateError(failed.map((r) => r.reason), `${failed.length} profiles were not exported`);
  }
}

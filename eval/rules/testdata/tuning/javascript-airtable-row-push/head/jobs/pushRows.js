const Bottleneck = require('bottleneck');
const { setTimeout: sleep } = require('timers/promises');
const log = require('../lib/log').child({ job: 'airtable-rows' });
const { settings } = require('../settings');

const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 250 });
const MAX_ATTEMPTS = 5;
const BATCH = 10;

function waitFor(res, attempt) {
  const header = Number(res.headers.get('retry-after'));
  const base = Number.isFinite(header) && header > 0 ? header * 1000 : 1000 * 2 ** attempt;
  return Math.min(base, 60_000) + Math.random() * 500;
}

async function upsertBatch(table, records) {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const res = await fetch(`https://api.airtable.com/v0/${settings.airtable.baseId}/${encodeURIComponent(table)}`, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${settings.airtable.token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        performUpsert: { fieldsToMergeOn: ['External ID'] },
        records: records.map((fields) => ({ fields })),
      }),
      signal: AbortSignal.timeout(15_000),
    });
    if (res.ok) return (await res.json()).records.length;
    if (res.status !== 429 && res.status < 500) {
      throw new Error(`airtable rejected batch for ${table}: ${res.status}`);
    }
    await res.body?.cancel();
    const delay = waitFor(res, attempt);
    log.warn({ table, status: res.status, delay }, 'airtable busy');
    await sleep(delay);
  }
  throw new Error(`airtable did not accept batch for ${table} after ${MAX_ATTEMPTS} attempts`);
}

async function pushRows(table, rows) {
  const batches = [];
  for (let i = 0; i < rows.length; i += BATCH) batches.push(rows.slice(i, i + BATCH));

  const results = await Promise.allSettled(batches.map((b) => limiter.schedule(() => upsertBatch(table, b))));
  const failed = results.filter((r) => r.status === 'rejected');
  if (failed.length > 0) {
    throw new AggregateError(failed.map((r) => r.reason), `${failed.length} of ${batches.length} batches failed`);
  }
  return rows.length;
}

module.exports = { pushRows };

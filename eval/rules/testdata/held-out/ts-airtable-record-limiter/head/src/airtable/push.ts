import Bottleneck from 'bottleneck';
import { config } from '../config';

export interface StockLine {
  sku: string;
  onHand: number;
}

class AirtableError extends Error {
  constructor(readonly status: number) {
    super(`airtable answered ${status}`);
  }
}

const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 220 });

limiter.on('failed', (err, info) => {
  if (err instanceof AirtableError && (err.status === 429 || err.status >= 500) && info.retryCount < 3) {
    return err.status === 429 ? 30_000 : 1_000 * 2 ** info.retryCount;
  }
  return undefined;
});

const url = `https://api.airtable.com/v0/${config.airtable.baseId}/${encodeURIComponent('Stock levels')}`;

async function upsert(lines: StockLine[]): Promise<void> {
  const response = await fetch(url, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${config.airtable.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      performUpsert: { fieldsToMergeOn: ['SKU'] },
      records: lines.map((line) => ({ fields: { SKU: line.sku, 'On hand': line.onHand } })),
    }),
    signal: AbortSignal.timeout(15_000),
  });
  await response.body?.cancel();
  if (!response.ok) throw new AirtableError(response.status);
}

export async function pushStock(lines: StockLine[]): Promise<void> {
  const batches: StockLine[][] = [];
  for (let i = 0; i < lines.length; i += 10) {
    batches.push(lines.slice(i, i + 10));
  }
  await Promise.all(batches.map((batch) => limiter.schedule(() => upsert(batch))));
}

import Bottleneck from 'bottleneck';
import { setTimeout as sleep } from 'node:timers/promises';
import { upsertVenues, type Venue } from '../venues';
import { env } from '../env';

// Airtable: five requests a second per base, thirty seconds pause after a 429.
const limiter = new Bottleneck({ minTime: 220, maxConcurrent: 1 });
const MAX_TRIES = 4;

interface Page {
  records: Array<{ id: string; fields: Record<string, unknown> }>;
  offset?: string;
}

async function request(url: URL): Promise<Page> {
  for (let attempt = 1; ; attempt++) {
    const res = await limiter.schedule(() =>
      fetch(url, {
        headers: { authorization: `Bearer ${env.AIRTABLE_TOKEN}` },
        signal: AbortSignal.timeout(15_000),
      }),
    );
    if (res.ok) return (await res.json()) as Page;

    await res.body?.cancel();
    const retryable = res.status === 429 || res.status >= 502;
    if (!retryable || attempt === MAX_TRIES) {
      throw new Error(`airtable answered ${res.status}`);
    }
    const wait = Math.min(Number(res.headers.get('retry-after')) || (res.status === 429 ? 30 : 2 ** attempt), 60);
    await sleep(wait * 1000 + Math.random() * 1000);
  }
}

function toVenue({ id, fields }: Page['records'][number]): Venue {
  if (typeof fields.Name !== 'string' || typeof fields.City !== 'string') {
    throw new Error(`record ${id} lacks a name or a city`);
  }
  return { airtableId: id, name: fields.Name, city: fields.City };
}

export async function syncVenues(): Promise<number> {
  let count = 0;
  let offset: string | undefined;
  do {
    const url = new URL(`https://api.airtable.com/v0/${env.AIRTABLE_BASE}/Venues`);
    url.searchParams.set('pageSize', '100');
    if (offset) url.searchParams.set('offset', offset);
    const page = await request(url);
    await upsertVenues(page.records.map(toVenue));
    count += page.records.length;
    offset = page.offset;
  } while (offset);
  return count;
}

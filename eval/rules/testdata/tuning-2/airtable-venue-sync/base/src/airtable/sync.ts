import { upsertVenues, type Venue } from '../venues';
import { env } from '../env';

interface Page {
  records: Array<{ id: string; fields: Record<string, unknown> }>;
  offset?: string;
}

async function request(url: URL): Promise<Page> {
  const res = await fetch(url, {
    headers: { authorization: `Bearer ${env.AIRTABLE_TOKEN}` },
    signal: AbortSignal.timeout(15_000),
  });
  if (!res.ok) throw new Error(`airtable answered ${res.status}`);
  return (await res.json()) as Page;
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

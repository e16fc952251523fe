import got from 'got';
import { z } from 'zod';
import { settings } from '../settings.js';
import { tickets } from '../db/tickets.js';

const page = z.object({
  tickets: z.array(z.object({ id: z.number(), status: z.string(), updated_at: z.string() })),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullable() }),
  links: z.object({ next: z.string().url().nullable() }),
});

const http = got.extend({
  prefixUrl: `https://${settings.zendesk.subdomain}.zendesk.com/api/v2/`,
  headers: { authorization: `Basic ${settings.zendesk.basicAuth}` },
  timeout: { request: 20_000 },
  retry: { limit: 3, methods: ['GET'], statusCodes: [429, 502, 503, 504] },
});

export async function syncTickets() {
  let after;
  let count = 0;
  for (;;) {
    const searchParams = { 'page[size]': 100, sort: 'updated_at' };
    if (after) searchParams['page[after]'] = after;
    const body = page.parse(await http.get('tickets.json', { searchParams }).json());

    await tickets.upsertAll(body.tickets);
    count += body.tickets.length;
    if (!body.links.next) break;
    after = body.meta.after_cursor;
  }
  return count;
}

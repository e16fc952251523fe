import { z } from 'zod';
import { intercom } from './intercomHttp';
import { syncState } from '../repositories/syncState';
import { contacts } from '../repositories/contacts';
import { log } from '../log';

const Page = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      email: z.string().nullable(),
      updated_at: z.number().int(),
    }),
  ),
  pages: z.object({
    next: z.object({ starting_after: z.string() }).nullish(),
  }),
});

export async function syncContacts(workspaceId: string): Promise<number> {
  const state = await syncState.load(workspaceId, 'intercom.contacts');
  let startingAfter = state.cursor ?? undefined;
  let total = 0;

  for (;;) {
    const res = await intercom.post('/contacts/search', {
      query: { field: 'updated_at', operator: '>', value: state.since },
      sort: { field: 'updated_at', order: 'ascending' },
      pagination: { per_page: 150, starting_after: startingAfter },
    });
    const page = Page.parse(res.data);
    const next = page.pages.next?.starting_after;

    await syncState.saveCursor(workspaceId, 'intercom.contacts', next ?? null);

    for (const row of page.data) {
      await contacts.upsert(workspaceId, {
        externalId: row.id,
        email: row.email?.toLowerCase() ?? null,
        updatedAt: new Date(row.updated_at * 1000),
      });
      total += 1;
    }
    if (!next) {
      break;
    }
    startingAfter = next;
  }

  log.info({ workspaceId, total }, 'intercom contacts synced');
  return total;
}

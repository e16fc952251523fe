import { z } from 'zod';
import { checkpoints } from './checkpoints.repo';
import { conversations } from '../conversations/conversations.repo';
import { intercom } from '../intercom/http';
import { logger } from '../logger';

const Page = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['open', 'closed', 'snoozed']),
      updated_at: z.number().int(),
      admin_assignee_id: z.number().nullable(),
    }),
  ),
  pages: z.object({
    next: z.object({ starting_after: z.string() }).nullish(),
  }),
});

const SOURCE = 'intercom.conversations';
const MAX_PAGES = 500;

export async function importConversations(): Promise<void> {
  let cursor = await checkpoints.read(SOURCE);
  let imported = 0;

  for (let pageNo = 0; pageNo < MAX_PAGES; pageNo++) {
    const response = await intercom.get('conversations', {
      searchParams: { per_page: 60, ...(cursor ? { starting_after: cursor } : {}) },
      timeout: 15_000,
      retry: { limit: 3 },
    });
    const page = Page.parse(await response.json());

    const next = page.pages.next?.starting_after ?? null;
    if (next) {
      await checkpoints.write(SOURCE, next);
    }
    await conversations.upsertMany(page.conversations);

    imported += page.conversations.length;
    if (!next) break;
    cursor = next;
  }

  logger.info({ imported }, 'intercom conversations imported');
}

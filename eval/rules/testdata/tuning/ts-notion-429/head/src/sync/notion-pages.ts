import { request } from 'undici';
import { z } from 'zod';
import { env } from '../env';
import { logger } from '../logger';
import { pages } from '../db/pages';

const pageSchema = z.object({ id: z.string(), last_edited_time: z.string(), archived: z.boolean() });

async function loadPage(id: string) {
  const { statusCode, body } = await request(`https://api.notion.com/v1/pages/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${env.NOTION_TOKEN}`, 'notion-version': '2022-06-28' },
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  });
  if (statusCode === 429) {
    await body.dump();
    logger.warn({ id }, 'notion throttled us, skipping page');
    return null;
  }
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`notion returned ${statusCode} for page ${id}`);
  }
  return pageSchema.parse(await body.json());
}

export async function refreshPages(ids: string[]): Promise<number> {
  let refreshed = 0;
  for (const id of ids) {
    const page = await loadPage(id);
    if (!page) continue;
    await pages.upsert({ notionId: page.id, editedAt: new Date(page.last_edited_time), archived: page.archived });
    refreshed += 1;
  }
  logger.info({ refreshed, total: ids.length }, 'notion refresh done');
  return refreshed;
}

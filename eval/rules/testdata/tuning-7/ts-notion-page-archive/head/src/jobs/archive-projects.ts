import { db } from '../db';
import { config } from '../config';
import { logger } from '../logger';

const HEADERS = {
  authorization: `Bearer ${config.notion.token}`,
  'notion-version': '2022-06-28',
  'content-type': 'application/json',
};

interface ArchivedProject {
  id: number;
  notion_page_id: string;
}

async function archivePage(pageId: string): Promise<void> {
  const response = await fetch(`https://api.notion.com/v1/pages/${encodeURIComponent(pageId)}`, {
    method: 'PATCH',
    headers: HEADERS,
    body: JSON.stringify({ archived: true }),
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  if (!response.ok && response.status !== 404) {
    throw new Error(`notion page ${pageId}: ${response.status}`);
  }
}

export async function archiveClosedProjects(): Promise<number> {
  const projects: ArchivedProject[] = await db('projects')
    .select('id', 'notion_page_id')
    .where('status', 'closed')
    .whereNull('notion_archived_at')
    .limit(5_000);

  await Promise.all(
    projects.map(async (project) => {
      await archivePage(project.notion_page_id);
      await db('projects').where({ id: project.id }).update({ notion_archived_at: db.fn.now() });
    }),
  );

  logger.info({ count: projects.length }, 'notion: closed projects archived');
  return projects.length;
}

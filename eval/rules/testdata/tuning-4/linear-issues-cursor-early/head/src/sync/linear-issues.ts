import { eq, sql } from 'drizzle-orm';
import { db } from '../db';
import { issues, syncState } from '../db/schema';
import { linear, type LinearIssue } from '../clients/linear';
import { logger } from '../lib/logger';

const STREAM = 'linear.issues';

function toRow(issue: LinearIssue) {
  return {
    externalId: issue.id,
    title: issue.title,
    state: issue.state,
    updatedAt: new Date(issue.updatedAt),
    archivedAt: issue.archivedAt ? new Date(issue.archivedAt) : null,
  };
}

async function loadCursor(): Promise<string | null> {
  const [row] = await db.select().from(syncState).where(eq(syncState.stream, STREAM));
  return row?.cursor ?? null;
}

export async function syncLinearIssues(): Promise<number> {
  let cursor = await loadCursor();
  let count = 0;

  for (;;) {
    const page = await linear.changedIssues({ after: cursor, first: 100, includeArchived: true });
    if (page.endCursor) {
      await db
        .insert(syncState)
        .values({ stream: STREAM, cursor: page.endCursor })
        .onConflictDoUpdate({ target: syncState.stream, set: { cursor: page.endCursor } });
    }

    for (const issue of page.nodes) {
      const row = toRow(issue);
      await db.insert(issues).values(row).onConflictDoUpdate({
        target: issues.externalId,
        set: row,
        setWhere: sql`${issues.updatedAt} <= excluded.updated_at`,
      });
    }
    count += page.nodes.length;
    if (!page.hasNextPage || !page.endCursor) break;
    cursor = page.endCursor;
  }
  logger.info({ count }, 'linear issues synced');
  return count;
}

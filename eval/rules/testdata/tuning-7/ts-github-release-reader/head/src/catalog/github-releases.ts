import { db } from '../db';
import { config } from '../config';
import { logger } from '../logger';

interface Release {
  tag_name: string;
  html_url: string;
  published_at: string;
}

interface TrackedTool {
  id: string;
  repo: string;
}

async function latestRelease(repo: string): Promise<Release> {
  const response = await fetch(`https://api.github.com/repos/${repo}/releases/latest`, {
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${config.github.token}`,
      'x-github-api-version': '2022-11-28',
    },
    signal: AbortSignal.timeout(6_000),
  });
  return (await response.json()) as Release;
}

export async function refreshTools(tools: TrackedTool[]): Promise<void> {
  for (const tool of tools) {
    const release = await latestRelease(tool.repo);
    await db('tools')
      .where({ id: tool.id })
      .update({
        latest_version: String(release.tag_name).replace(/^v/, ''),
        release_url: release.html_url ?? null,
        checked_at: db.fn.now(),
      });
    logger.info({ tool: tool.id, version: release.tag_name }, 'release checked');
  }
}

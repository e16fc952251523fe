import { Octokit } from 'octokit';
import { createAppAuth } from '@octokit/auth-app';
import { repositories } from '../store/repositories';
import type { AppConfig } from '../config';

export function octokitFor(cfg: AppConfig, installationId: number): Octokit {
  return new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: cfg.githubAppId, privateKey: cfg.githubPrivateKey, installationId },
    request: { fetch: (url: string, init?: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(10_000) }) },
  });
}

export async function collectOrg(octokit: Octokit, org: string): Promise<void> {
  const startedAt = new Date();
  const pages = octokit.paginate.iterator(octokit.rest.repos.listForOrg, { org, type: 'all', per_page: 100 });

  for await (const { data } of pages) {
    await repositories.upsertMany(
      data.map((repo) => ({
        org,
        githubId: repo.id,
        name: repo.name,
        defaultBranch: repo.default_branch ?? null,
        archived: repo.archived ?? false,
        seenAt: startedAt,
      })),
    );
  }

  // reached only when every page was read
  await repositories.markMissing(org, startedAt);
}

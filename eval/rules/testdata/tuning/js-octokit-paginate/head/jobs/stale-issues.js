import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { throttling } from '@octokit/plugin-throttling';
import { env } from '../lib/env.js';
import { log } from '../lib/log.js';

const Client = Octokit.plugin(paginateRest, throttling);

const MAX_RETRIES = 2;

const again = (retryAfter, options, octokit, retryCount) => {
  log.warn({ url: options.url, retryAfter, retryCount }, 'github asks us to slow down');
  return retryCount < MAX_RETRIES;
};

const octokit = new Client({
  auth: env.GITHUB_TOKEN,
  request: { fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(15_000) }) },
  throttle: { onRateLimit: again, onSecondaryRateLimit: again },
});

const HEADERS = { 'x-github-api-version': '2022-11-28' };

export async function staleIssues(owner, repo, before) {
  const stale = [];
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues', {
    owner,
    repo,
    state: 'open',
    sort: 'updated',
    direction: 'asc',
    per_page: 100,
    headers: HEADERS,
  });
  for await (const { data } of pages) {
    for (const issue of data) {
      if (new Date(issue.updated_at) >= before) return stale;
      if (!issue.pull_request) stale.push({ number: issue.number, title: issue.title });
    }
  }
  return stale;
}

import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { throttling } from '@octokit/plugin-throttling';

const GitHub = Octokit.plugin(paginateRest, throttling);

const octokit = new GitHub({
  auth: process.env.GITHUB_TOKEN,
  request: {
    fetch: (url, options) => fetch(url, { ...options, signal: AbortSignal.timeout(15_000) }),
  },
  throttle: {
    onRateLimit: (retryAfter, options, _octokit, retryCount) => {
      console.warn(`rate limit for ${options.method} ${options.url}, again in ${retryAfter}s`);
      return retryCount < 2;
    },
    onSecondaryRateLimit: (_retryAfter, options) => {
      console.warn(`secondary rate limit for ${options.method} ${options.url}`);
      return false;
    },
  },
});

const [owner, repo] = (process.argv[2] ?? '').split('/');
if (!owner || !repo) {
  console.error('usage: stale-branches <owner>/<repo>');
  process.exit(2);
}

const branches = await octokit.paginate('GET /repos/{owner}/{repo}/branches', {
  owner,
  repo,
  protected: false,
  per_page: 100,
});

const limit = Date.now() - 90 * 24 * 3600 * 1000;
for (const branch of branches) {
  const { data: commit } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', { owner, repo, ref: branch.commit.sha });
  const date = commit.commit.committer?.date;
  if (date && Date.parse(date) < limit) {
    console.log(`${branch.name}\t${date}`);
  }
}

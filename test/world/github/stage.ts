import type { Octokit } from '@octokit/rest'
import { at, repositoryClient } from './client.ts'
import type { PullRequest, Repository } from './state.ts'
import type { GitHubWorld } from './world.ts'

/** Forty numbered lines, so that a test can name the lines of a hunk. */
export function numbered(change: Record<number, string> = {}): string {
  const lines = Array.from({ length: 40 }, (_, index) => change[index + 1] ?? `line ${index + 1}\n`)
  return lines.join('')
}

export type Stage = {
  repository: Repository
  pull: PullRequest
  client: Octokit
  /** `owner`, `repo` and `pull_number`. */
  target: { owner: string; repo: string; pull_number: number }
}

let count = 0

/**
 * A private repository of its own with one open pull request by `dev`: `src/pay.ts` has changed lines 10 and 32
 * (two hunks: 7–13 and 29–35) and `src/new.ts` is new.
 */
export async function stage(world: GitHubWorld): Promise<Stage> {
  count += 1
  const repository = await world.createRepository({
    owner: `acme-${count}`,
    name: 'shop',
    private: true,
    files: { 'README.md': '# Shop\n', 'src/pay.ts': numbered() },
    roles: { dev: 'write', maintainer: 'maintain', reader: 'read' },
  })
  await world.push(repository, 'feature', {
    author: 'dev',
    files: { 'src/pay.ts': numbered({ 10: 'ten\n', 32: 'thirty-two\n' }), 'src/new.ts': 'a\nb\n' },
  })
  const pull = await world.openPullRequest({
    repository,
    head: 'feature',
    title: 'Pay',
    author: 'dev',
  })
  const client = await repositoryClient(world, repository)
  return { repository, pull, client, target: { ...at(repository), pull_number: pull.number } }
}

/** The code that a browser brings back when a person confirms a manifest. */
export async function confirmedManifest(
  world: GitHubWorld,
  change: Record<string, unknown> = {},
): Promise<string> {
  const manifest = {
    name: 'Made from a manifest',
    url: 'https://lead.example.com',
    hook_attributes: { url: 'https://lead.example.com/api/github/webhooks' },
    redirect_url: 'http://127.0.0.1:1/created',
    public: false,
    default_permissions: { metadata: 'read' },
    default_events: ['push'],
    ...change,
  }
  const answer = await fetch(`http://${world.host}/settings/apps/new?state=s`, {
    method: 'POST',
    body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
    redirect: 'manual',
  })
  if (answer.status !== 302) throw new Error(await answer.text())
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

import type { Pace } from '#github/client'
import { openPullRequest } from '#github/pull-request'
import { createGitHubApp } from '#github/tokens'
import type { GitHubWorld } from '../world/github/world.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>

/** A pace that never really sleeps. */
export function pace(more: Partial<Pace> = {}): Pace & { readonly slept: number[] } {
  const slept: number[] = []
  return {
    slept,
    now: () => Date.now(),
    random: () => 0.5,
    async sleep(ms) {
      slept.push(ms)
    },
    timeoutMs: 5_000,
    ...more,
  }
}

export const hostOf = (world: GitHubWorld) => ({
  apiUrl: world.apiUrl,
  webUrl: `http://${world.host}`,
  appId: world.app.id,
})

export const appOf = (
  world: GitHubWorld,
  at: Pace & { readonly missing?: (installation: number, permissions: string) => void } = pace(),
) => createGitHubApp(hostOf(world), { appId: world.app.id, privateKey: world.privateKey }, at)

const turns = new WeakMap<Repository, Promise<unknown>>()

/** One piece of work after the other, as the store's lock has it. */
function inTurn(repository: Repository): <T>(work: () => Promise<T>) => Promise<T> {
  return (work) => {
    const before = turns.get(repository) ?? Promise.resolve()
    const mine = before.then(work)
    turns.set(
      repository,
      mine.catch(() => {}),
    )
    return mine
  }
}

/** Our own view of one pull request, by our own clients. */
export function ours(
  world: GitHubWorld,
  repository: Repository,
  pull: number,
  more: { pace?: Pace; name?: string } = {},
) {
  const address = {
    installation: world.installationOf(repository).id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    name: more.name ?? repository.name,
    pull,
  }
  const agent = 'integrations-tech-lead'
  const app = appOf(world, more.pace)
  return openPullRequest(app, hostOf(world), address, agent, inTurn(repository))
}

/** The problem that a call ends in; fails when it does not end in one. */
export async function problemFrom(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (failure) {
    return failure
  }
  throw new Error('the call was expected to fail')
}

import * as z from 'zod'
import { memoryFolder } from '#core/memory/memory'
import type { MemoryHome } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { type MemoryPlace, memoryBranch } from '#github/memory-branch'
import type { PullRef } from '#github/pull-ref'
import { isIntroducing, openRollingBranch } from '#github/rolling-branch'

/** Does a piece of work while nobody else does one on the same repository's proposal. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>

const Repository = z.object({ default_branch: z.string() })

/** The memory folder on the default branch, with a token that can change files. */
export function createMemoryHome(
  client: GitHubClient,
  ref: PullRef,
  agent: string,
  alone: Alone,
): MemoryHome {
  const place: MemoryPlace = { client, ref, folder: memoryFolder(agent) }
  const home = memoryBranch(place, () => defaultBranch(place))
  return {
    ...home,
    isIntroducing: () => isIntroducing(place),
    rolling: (work) =>
      alone(async () => work(await openRollingBranch(place, await defaultBranch(place)))),
  }
}

function defaultBranch({ client, ref }: MemoryPlace): Promise<string> {
  return client.read(async (octokit) => {
    const { data } = await octokit.rest.repos.get({ owner: ref.owner, repo: ref.name })
    return Repository.parse(data).default_branch
  })
}

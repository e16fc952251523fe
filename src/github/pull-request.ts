import type { PullRequest } from '#flow/pull-request-port'
import type { GitHubHost } from '#github/client'
import { type Alone, createMemoryHome } from '#github/memory-home'
import { createPullReader } from '#github/pull-reader'
import type { PullRef } from '#github/pull-ref'
import { createPullWriter } from '#github/pull-writer'
import { readRepositoryTip } from '#github/repository-tip'
import { createStatusWriter } from '#github/status-writer'
import type { GitHubApp } from '#github/tokens'
import { agentNamedIn } from '#github/trusted-files'

/** Which pull request, through which installation. */
export interface PullAddress extends PullRef {
  readonly installation: number
  readonly repositoryId: number
}

/** One pull request through five narrow tokens; those that write are minted when they are asked for. */
export function openPullRequest(
  app: GitHubApp,
  host: GitHubHost & { readonly appId: number },
  address: PullAddress,
  agent: string,
  alone: Alone,
): PullRequest {
  const { installation, repositoryId } = address
  const client = (token: Parameters<GitHubApp['client']>[2]) =>
    app.client(installation, repositoryId, token)
  const reader = createPullReader(client('reader'), address, agent)
  return {
    webUrl: `${host.webUrl}/${address.owner}/${address.name}`,
    reader,
    status: createStatusWriter(client('checks'), client('reactions'), address, host.appId),
    async writer() {
      const writing = client('writer')
      await writing.ready()
      return createPullWriter(writing, address)
    },
    async memoryHome() {
      const memory = client('memory')
      // A review knows already whose memory it read.
      const { trusted } = await (reader.opened() ?? readRepositoryTip(memory, address, agent))
      return createMemoryHome(memory, address, agentNamedIn(trusted, agent), alone)
    },
  }
}

import type { PullRequest } from '#flow/pull-request-port'
import type { GitHubHost } from '#github/client'
import { type Alone, createMemoryHome } from '#github/memory-home'
import { createPullReader } from '#github/pull-reader'
import type { PullRef } from '#github/pull-ref'
import { createPullWriter } from '#github/pull-writer'
import { createStatusWriter } from '#github/status-writer'
import type { GitHubApp } from '#github/tokens'

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
  return {
    webUrl: `${host.webUrl}/${address.owner}/${address.name}`,
    reader: createPullReader(client('reader'), address, agent),
    status: createStatusWriter(client('checks'), client('reactions'), address, host.appId),
    async writer() {
      const writing = client('writer')
      await writing.ready()
      return createPullWriter(writing, address)
    },
    memoryHome: async () => createMemoryHome(client('memory'), address, agent, alone),
  }
}

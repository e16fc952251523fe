import * as z from 'zod'
import type { RepositoryTip } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { type ContentsRef, createContents } from '#github/contents'
import { askTrusted, readTrustedFiles, trustedPlaces } from '#github/trusted-files'

const ViewerAnswer = z.object({ viewer: z.object({ databaseId: z.number() }) })

/** The default branch as it is now, with everything pinned to its commit. */
export async function readRepositoryTip(
  client: GitHubClient,
  ref: ContentsRef,
  agent: string,
): Promise<RepositoryTip> {
  const answer = await askTrusted(client, ref, trustedPlaces(agent))
  const trusted = await readTrustedFiles(client, ref, { answer, agent })
  const commit = trusted.commit ?? ''
  const commits = { base: commit, head: commit, tip: commit }
  const empty = { read: async () => new Map(), list: async () => ({ paths: [], complete: true }) }
  return {
    trusted,
    contents: commit === '' ? empty : createContents(client, ref, commits),
  }
}

/** The app's own account, by its numeric id. */
export function readBotId(client: GitHubClient): Promise<number> {
  return client.read(async (octokit) => {
    const { viewer } = ViewerAnswer.parse(await octokit.graphql('query { viewer { databaseId } }'))
    return viewer.databaseId
  })
}

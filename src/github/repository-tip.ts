import * as z from 'zod'
import type { RepositoryTip } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { type ContentsRef, createContents } from '#github/contents'
import {
  readTrustedFiles,
  TRUSTED_FIELDS,
  TRUSTED_VARIABLES,
  TrustedAnswer,
  trustedPlaces,
} from '#github/trusted-files'

const TIP = `query Tip($owner: String!, $name: String!, ${TRUSTED_VARIABLES}) {
  repository(owner: $owner, name: $name) { ${TRUSTED_FIELDS} }
}`
const TipAnswer = z.object({ repository: TrustedAnswer })
const ViewerAnswer = z.object({ viewer: z.object({ databaseId: z.number() }) })

/** The default branch as it is now, with everything pinned to its commit. */
export async function readRepositoryTip(
  client: GitHubClient,
  { owner, name }: ContentsRef,
  agent: string,
): Promise<RepositoryTip> {
  const variables = { owner, name, ...trustedPlaces(agent) }
  const { repository } = await client.read(async (octokit) =>
    TipAnswer.parse(await octokit.graphql(TIP, variables)),
  )
  const trusted = await readTrustedFiles(client, { owner, name }, { answer: repository, agent })
  const commit = trusted.commit ?? ''
  const commits = { base: commit, head: commit, tip: commit }
  const empty = { read: async () => new Map(), list: async () => ({ paths: [], complete: true }) }
  return {
    trusted,
    contents: commit === '' ? empty : createContents(client, { owner, name }, commits),
  }
}

/** The app's own account, by its numeric id. */
export function readBotId(client: GitHubClient): Promise<number> {
  return client.read(async (octokit) => {
    const { viewer } = ViewerAnswer.parse(await octokit.graphql('query { viewer { databaseId } }'))
    return viewer.databaseId
  })
}

import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Opening, PullState } from '#flow/pull-request-port'
import { AUTHOR, Author, loginOf } from '#github/author'
import type { GitHubClient } from '#github/client'
import type { PullRef } from '#github/pull-ref'
import { moreThreads, othersThreads, ownThreads, THREADS, Threads } from '#github/review-threads'
import {
  readTrustedFiles,
  TRUSTED_FIELDS,
  TRUSTED_VARIABLES,
  TrustedAnswer,
  trustedPlaces,
} from '#github/trusted-files'

/** An opening, and who we are in GitHub's eyes. */
export interface FullOpening extends Opening {
  readonly botId: number
  readonly title: string
  readonly description: string
  readonly changedFiles: number
  /** The first hundred of them. */
  readonly paths: readonly string[]
}

const OPENING = `query Opening($owner: String!, $name: String!, $pull: Int!, $after: String, ${TRUSTED_VARIABLES}) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) {
    ${TRUSTED_FIELDS}
    pullRequest(number: $pull) {
      state isDraft merged locked title body changedFiles isCrossRepository
      headRefOid baseRefName baseRefOid mergeCommit { oid } author { ${AUTHOR} }
      files(first: 100) { nodes { path } }
      comments(first: 100) { pageInfo { hasNextPage } nodes { author { ${AUTHOR} } } }
      ${THREADS}
    }
  }
}`
const OpeningAnswer = z.object({
  viewer: z.object({ databaseId: z.number() }),
  repository: z.object({
    ...TrustedAnswer.shape,
    pullRequest: z
      .object({
        state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
        isDraft: z.boolean(),
        merged: z.boolean(),
        locked: z.boolean(),
        title: z.string(),
        body: z.string(),
        changedFiles: z.number(),
        isCrossRepository: z.boolean(),
        headRefOid: z.string(),
        baseRefName: z.string(),
        baseRefOid: z.string(),
        mergeCommit: z.object({ oid: z.string() }).nullable(),
        author: Author,
        files: z.object({ nodes: z.array(z.object({ path: z.string() })) }).nullable(),
        comments: z.object({
          pageInfo: z.object({ hasNextPage: z.boolean() }),
          nodes: z.array(z.object({ author: Author })),
        }),
        reviewThreads: Threads,
      })
      .nullable(),
  }),
})
type Answer = z.infer<typeof OpeningAnswer>
type PullAnswer = NonNullable<Answer['repository']['pullRequest']>

/** Asks one question for everything that a review needs to know before it starts. */
export async function readOpening(
  client: GitHubClient,
  ref: PullRef,
  agent: string,
): Promise<FullOpening> {
  const { owner, name, pull: number } = ref
  const variables = {
    ...{ owner, name, pull: number, after: null },
    ...trustedPlaces(agent),
  }
  const { viewer, repository } = await client.read(async (octokit) =>
    OpeningAnswer.parse(await octokit.graphql(OPENING, variables)),
  )
  const pull = repository.pullRequest
  if (pull === null) throw new Problem('github.gone', 'gone', 'the pull request no longer exists')
  const [trusted, more] = await Promise.all([
    readTrustedFiles(client, ref, { answer: repository, agent }),
    moreThreads(client, ref, pull.reviewThreads.pageInfo),
  ])
  const threads = [...pull.reviewThreads.nodes, ...more.nodes]
  return {
    botId: viewer.databaseId,
    title: pull.title,
    description: pull.body,
    changedFiles: pull.changedFiles,
    paths: (pull.files?.nodes ?? []).map(({ path }) => path),
    state: stateOf(pull),
    trusted,
    commented:
      pull.comments.pageInfo.hasNextPage ||
      pull.comments.nodes.some(({ author }) => author?.databaseId === viewer.databaseId),
    threads: ownThreads(threads, viewer.databaseId),
    others: othersThreads(threads, {
      ours: viewer.databaseId,
      authorId: pull.author?.databaseId ?? null,
    }),
  }
}

function stateOf(pull: PullAnswer): PullState {
  return {
    open: pull.state === 'OPEN',
    merged: pull.merged,
    draft: pull.isDraft,
    locked: pull.locked,
    head: pull.headRefOid,
    baseRef: pull.baseRefName,
    baseSha: pull.baseRefOid,
    authorId: pull.author?.databaseId ?? null,
    authorLogin: loginOf(pull.author),
    authorIsBot: pull.author?.__typename === 'Bot',
    fork: pull.isCrossRepository,
    mergeCommit: pull.mergeCommit?.oid ?? null,
  }
}

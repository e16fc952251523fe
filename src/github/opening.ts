import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Opening, OwnThread, PullState } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import {
  TRUSTED_FIELDS,
  TRUSTED_VARIABLES,
  TrustedAnswer,
  trustedFilesOf,
  trustedPlaces,
} from '#github/trusted-files'

/** The repository of a pull request, by the names that it has at the moment. */
export interface PullRef {
  readonly owner: string
  readonly name: string
  readonly pull: number
}

/** An opening, and who we are in GitHub's eyes. */
export interface FullOpening extends Opening {
  readonly botId: number
  readonly title: string
  readonly description: string
  readonly changedFiles: number
}

const AUTHOR = '__typename login ... on User { databaseId } ... on Bot { databaseId }'
const THREADS = `reviewThreads(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { id isResolved resolvedBy { databaseId } path comments(first: 50) { nodes { databaseId body author { ${AUTHOR} } } } }
}`
const OPENING = `query Opening($owner: String!, $name: String!, $pull: Int!, $after: String, ${TRUSTED_VARIABLES}) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) {
    defaultBranchRef { target { oid } }
    ${TRUSTED_FIELDS}
    pullRequest(number: $pull) {
      state isDraft merged locked title body changedFiles isCrossRepository
      headRefOid baseRefName baseRefOid mergeCommit { oid } author { ${AUTHOR} }
      comments(first: 100) { pageInfo { hasNextPage } nodes { author { ${AUTHOR} } } }
      ${THREADS}
    }
  }
}`
const MORE_THREADS = `query Threads($owner: String!, $name: String!, $pull: Int!, $after: String) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) { pullRequest(number: $pull) { ${THREADS} } }
}`

const Author = z
  .object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() })
  .nullable()
const Threads = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(
    z.object({
      id: z.string(),
      isResolved: z.boolean(),
      // A bot that resolves is a User in the schema, by the bot's own id.
      resolvedBy: z.object({ databaseId: z.number().nullish() }).nullish(),
      path: z.string(),
      comments: z.object({
        nodes: z.array(z.object({ databaseId: z.number(), body: z.string(), author: Author })),
      }),
    }),
  ),
})
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

const ThreadsAnswer = z.object({
  viewer: z.object({ databaseId: z.number() }),
  repository: z.object({ pullRequest: z.object({ reviewThreads: Threads }) }),
})

const MAX_THREAD_PAGES = 20

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
  return {
    botId: viewer.databaseId,
    title: pull.title,
    description: pull.body,
    changedFiles: pull.changedFiles,
    state: stateOf(pull),
    trusted: trustedFilesOf(repository, agent),
    commented:
      pull.comments.pageInfo.hasNextPage ||
      pull.comments.nodes.some(({ author }) => author?.databaseId === viewer.databaseId),
    threads: [
      ...ownThreads(pull.reviewThreads, viewer.databaseId),
      ...(await moreThreads(client, ref, pull.reviewThreads.pageInfo)),
    ],
  }
}

/** Every thread that starts with a comment of ours, read anew. */
export function readOwnThreads(client: GitHubClient, ref: PullRef): Promise<readonly OwnThread[]> {
  return moreThreads(client, ref, { hasNextPage: true, endCursor: null })
}

async function moreThreads(
  client: GitHubClient,
  ref: PullRef,
  first: { hasNextPage: boolean; endCursor: string | null },
): Promise<readonly OwnThread[]> {
  const threads: OwnThread[] = []
  let page = first
  for (let count = 0; page.hasNextPage && count < MAX_THREAD_PAGES; count += 1) {
    const { owner, name, pull } = ref
    const variables = { owner, name, pull, after: page.endCursor }
    const answer = await client.read(async (octokit) =>
      ThreadsAnswer.parse(await octokit.graphql(MORE_THREADS, variables)),
    )
    const found = answer.repository.pullRequest.reviewThreads
    threads.push(...ownThreads(found, answer.viewer.databaseId))
    page = found.pageInfo
  }
  return threads
}

function ownThreads(threads: z.infer<typeof Threads>, botId: number): readonly OwnThread[] {
  return threads.nodes.flatMap((thread) => {
    const [opening, ...replies] = thread.comments.nodes
    if (opening?.author?.databaseId !== botId) return []
    return [
      {
        id: thread.id,
        commentId: opening.databaseId,
        path: thread.path,
        body: opening.body,
        resolved: thread.isResolved,
        resolvedByUs: thread.isResolved && thread.resolvedBy?.databaseId === botId,
        answered: replies.some((reply) => reply.author?.databaseId !== botId),
        replies: replies.flatMap((reply) =>
          reply.author?.databaseId === botId ? [reply.body] : [],
        ),
      },
    ]
  })
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

/**
 * The login that REST knows. GraphQL leaves out a bot's `[bot]`, and the name without it may be
 * that of a person with other rights.
 */
function loginOf(author: z.infer<typeof Author>): string {
  if (author === null) return 'ghost'
  return author.__typename === 'Bot' ? `${author.login.replace(/\[bot\]$/, '')}[bot]` : author.login
}

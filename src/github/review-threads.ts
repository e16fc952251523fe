import * as z from 'zod'
import type { OthersThread } from '#core/findings/said-by-others'
import { clip } from '#core/text/lines'
import type { OwnThread } from '#flow/pull-request-port'
import { AUTHOR, Author, loginOf } from '#github/author'
import type { GitHubClient } from '#github/client'
import type { PullRef } from '#github/pull-ref'

/** The threads of a pull request in GraphQL, a page after `$after`. */
export const THREADS = `reviewThreads(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { id isResolved isOutdated resolvedBy { databaseId } path line startLine diffSide comments(first: 50) { nodes { databaseId body author { ${AUTHOR} } } } }
}`
const MORE_THREADS = `query Threads($owner: String!, $name: String!, $pull: Int!, $after: String) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) { pullRequest(number: $pull) { ${THREADS} } }
}`

/** A page of threads. */
export const Threads = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(
    z.object({
      id: z.string(),
      isResolved: z.boolean(),
      isOutdated: z.boolean(),
      // A bot that resolves is a User in the schema, by the bot's own id.
      resolvedBy: z.object({ databaseId: z.number().nullish() }).nullish(),
      path: z.string(),
      // Null where the head does not have the line any more, and for a comment on a whole file.
      line: z.number().nullable(),
      startLine: z.number().nullable(),
      diffSide: z.enum(['LEFT', 'RIGHT']),
      comments: z.object({
        nodes: z.array(z.object({ databaseId: z.number(), body: z.string(), author: Author })),
      }),
    }),
  ),
})
type ThreadAnswer = z.infer<typeof Threads>['nodes'][number]

const ThreadsAnswer = z.object({
  viewer: z.object({ databaseId: z.number() }),
  repository: z.object({ pullRequest: z.object({ reviewThreads: Threads }) }),
})

const MAX_THREAD_PAGES = 20
/** Characters of a stranger's comment that are looked at. */
const MAX_BODY = 4_000
/** No account has this id. */
const NOBODY = 0

/** Every thread that starts with a comment of ours, read anew. */
export async function readOwnThreads(
  client: GitHubClient,
  ref: PullRef,
): Promise<readonly OwnThread[]> {
  const { nodes, botId } = await moreThreads(client, ref, { hasNextPage: true, endCursor: null })
  return ownThreads(nodes, botId)
}

/** The threads after a page, and who we are; nobody where there was nothing to ask. */
export async function moreThreads(
  client: GitHubClient,
  ref: PullRef,
  first: { hasNextPage: boolean; endCursor: string | null },
): Promise<{ readonly nodes: readonly ThreadAnswer[]; readonly botId: number }> {
  const nodes: ThreadAnswer[] = []
  let page = first
  let botId = NOBODY
  for (let count = 0; page.hasNextPage && count < MAX_THREAD_PAGES; count += 1) {
    const { owner, name, pull } = ref
    const variables = { owner, name, pull, after: page.endCursor }
    const answer = await client.read(async (octokit) =>
      ThreadsAnswer.parse(await octokit.graphql(MORE_THREADS, variables)),
    )
    const found = answer.repository.pullRequest.reviewThreads
    nodes.push(...found.nodes)
    botId = answer.viewer.databaseId
    page = found.pageInfo
  }
  return { nodes, botId }
}

/** Threads that start with a comment of ours. */
export function ownThreads(threads: readonly ThreadAnswer[], botId: number): readonly OwnThread[] {
  return threads.flatMap((thread) => {
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

/**
 * Open threads that others began. Not those of the pull request's author, who could keep a comment
 * from a change of their own.
 */
export function othersThreads(
  threads: readonly ThreadAnswer[],
  { ours, authorId }: { readonly ours: number; readonly authorId: number | null },
): readonly OthersThread[] {
  return threads.flatMap((thread) => {
    const { isResolved, isOutdated, line, startLine, diffSide: side, path } = thread
    const [opening] = thread.comments.nodes
    if (opening === undefined || isResolved || isOutdated || line === null) return []
    const by = opening.author?.databaseId ?? null
    if (by === null || by === ours || by === authorId) return []
    const author = loginOf(opening.author)
    return [
      {
        author,
        path,
        side,
        line,
        startLine: startLine ?? line,
        body: clip(opening.body, MAX_BODY),
      },
    ]
  })
}

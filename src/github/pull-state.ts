import * as z from 'zod'
import { Problem } from '#core/problem'
import type { OwnPost, Permission, PullState } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import type { PullRef } from '#github/pull-ref'

const Pull = z.object({
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  draft: z.boolean().optional(),
  locked: z.boolean(),
  head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }).nullish() }),
  base: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ id: z.number() }) }),
  user: z.object({ id: z.number(), login: z.string(), type: z.string() }).nullable(),
  merge_commit_sha: z.string().nullish(),
})
const Posts = z.array(
  z.object({
    id: z.number(),
    node_id: z.string(),
    body: z.string().nullish(),
    state: z.string().optional(),
    user: z.object({ id: z.number() }).nullable(),
  }),
)
const Collaborator = z.object({ permission: z.string() })

/** The pull request as it is now. */
export function readState(client: GitHubClient, ref: PullRef): Promise<PullState> {
  return client.read(async (octokit) => {
    const { data } = await octokit.rest.pulls.get(pullOf(ref))
    return stateOf(Pull.parse(data))
  })
}

/**
 * What a person may do, from the one endpoint that knows: `author_association` in payloads does
 * not (https://docs.github.com/en/rest/collaborators/collaborators). Throws Problem
 * `github.rate-limited`, which is no answer either, but says when to ask again.
 */
export async function readPermission(
  client: GitHubClient,
  ref: PullRef,
  login: string,
): Promise<Permission> {
  const ask = { owner: ref.owner, repo: ref.name, username: login }
  try {
    return await client.read(async (octokit) => {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel(ask)
      return permissionOf(Collaborator.parse(data).permission)
    })
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code === 'github.rate-limited') throw failure
    if (failure.kind === 'retry') return 'unanswered'
    return failure.kind === 'gone' ? 'none' : 'unknown'
  }
}

/** Every review by us, pending ones too. */
export async function readOwnReviews(
  client: GitHubClient,
  ref: PullRef,
  botId: number,
): Promise<readonly OwnPost[]> {
  const posts = await client.read(async (octokit) =>
    Posts.parse(
      await octokit.paginate(octokit.rest.pulls.listReviews, { ...pullOf(ref), per_page: 100 }),
    ),
  )
  return ownOf(posts, botId)
}

/** Every comment by us in the conversation. */
export async function readOwnComments(
  client: GitHubClient,
  ref: PullRef,
  botId: number,
): Promise<readonly OwnPost[]> {
  const ask = { owner: ref.owner, repo: ref.name, issue_number: ref.pull, per_page: 100 }
  const posts = await client.read(async (octokit) =>
    Posts.parse(await octokit.paginate(octokit.rest.issues.listComments, ask)),
  )
  return ownOf(posts, botId)
}

/** Every comment by us on a line of the diff. */
export async function readOwnThreadComments(
  client: GitHubClient,
  ref: PullRef,
  botId: number,
): Promise<readonly OwnPost[]> {
  const posts = await client.read(async (octokit) =>
    Posts.parse(
      await octokit.paginate(octokit.rest.pulls.listReviewComments, {
        ...pullOf(ref),
        per_page: 100,
      }),
    ),
  )
  return ownOf(posts, botId)
}

function pullOf(ref: PullRef): { owner: string; repo: string; pull_number: number } {
  return { owner: ref.owner, repo: ref.name, pull_number: ref.pull }
}

function ownOf(posts: z.infer<typeof Posts>, botId: number): readonly OwnPost[] {
  return posts.flatMap((post) => {
    if (post.user?.id !== botId) return []
    const state = post.state === 'PENDING' ? ('pending' as const) : ('submitted' as const)
    return [{ id: post.id, nodeId: post.node_id, body: post.body ?? '', state }]
  })
}

function permissionOf(role: string): Permission {
  return role === 'admin' || role === 'write' || role === 'read' ? role : 'none'
}

function stateOf(pull: z.infer<typeof Pull>): PullState {
  return {
    open: pull.state === 'open',
    merged: pull.merged,
    draft: pull.draft ?? false,
    locked: pull.locked,
    head: pull.head.sha,
    baseRef: pull.base.ref,
    baseSha: pull.base.sha,
    authorId: pull.user?.id ?? null,
    authorLogin: pull.user?.login ?? 'ghost',
    authorIsBot: pull.user?.type === 'Bot',
    fork: pull.head.repo?.id !== pull.base.repo.id,
    mergeCommit: pull.merged ? (pull.merge_commit_sha ?? null) : null,
  }
}

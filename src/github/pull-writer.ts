import * as z from 'zod'
import { Problem } from '#core/problem'
import type { InlineComment, PostOutcome, PullWriter } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { idOf } from '#github/created'
import type { PullRef } from '#github/pull-ref'

const ANCHOR = /must be part of|could not be resolved|line.*(?:diff|hunk)|position/i
const PENDING = /one pending review|pending review per/i

const RESOLVE = `mutation Resolve($id: ID!) {
  resolveReviewThread(input: { threadId: $id }) { thread { id } }
}`
const REOPEN = `mutation Reopen($id: ID!) {
  unresolveReviewThread(input: { threadId: $id }) { thread { id } }
}`
const Reopened = z.object({
  unresolveReviewThread: z.object({ thread: z.object({ id: z.string() }) }),
})
const Resolved = z.object({
  resolveReviewThread: z.object({ thread: z.object({ id: z.string() }) }),
})

/** Speaks on one pull request. Nothing here is ever repeated by itself. */
export function createPullWriter(client: GitHubClient, ref: PullRef): PullWriter {
  const { owner, name: repo, pull: pull_number } = ref
  return {
    postReview: ({ headSha, body, comments }) =>
      outcome(async () => {
        const review = {
          commit_id: headSha,
          event: 'COMMENT' as const,
          body,
          comments: comments.map(inApiWords),
        }
        const { data } = await client.write((octokit) =>
          octokit.rest.pulls.createReview({ owner, repo, pull_number, ...review }),
        )
        return idOf(data)
      }),
    postFileComment: ({ headSha, path, body }) =>
      outcome(async () => {
        const comment = { commit_id: headSha, path, body, subject_type: 'file' as const }
        const { data } = await client.write((octokit) =>
          octokit.rest.pulls.createReviewComment({ owner, repo, pull_number, ...comment }),
        )
        return idOf(data)
      }),
    async deletePendingReview(id) {
      await client.write((octokit) =>
        octokit.rest.pulls.deletePendingReview({ owner, repo, pull_number, review_id: id }),
      )
    },
    async createComment(body) {
      const { data } = await client.write((octokit) =>
        octokit.rest.issues.createComment({ owner, repo, issue_number: pull_number, body }),
      )
      return idOf(data)
    },
    async updateComment(id, body) {
      const { data } = await client.write((octokit) =>
        octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body }),
      )
      idOf(data)
    },
    async replyInThread(root, body) {
      const { data } = await client.write((octokit) =>
        octokit.rest.pulls.createReplyForReviewComment({
          ...{ owner, repo, pull_number, comment_id: root, body },
        }),
      )
      return idOf(data)
    },
    async resolveThread(id) {
      await client.write(async (octokit) => Resolved.parse(await octokit.graphql(RESOLVE, { id })))
    },
    async reopenThread(id) {
      await client.write(async (octokit) => Reopened.parse(await octokit.graphql(REOPEN, { id })))
    },
  }
}

function inApiWords({ path, side, line, startLine, body }: InlineComment) {
  const start = startLine === null ? {} : { start_line: startLine, start_side: side }
  return { path, side, line, body, ...start }
}

async function outcome(post: () => Promise<number>): Promise<PostOutcome> {
  try {
    return { kind: 'posted', id: await post() }
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    const detail = failure.message
    if (failure.code === 'github.forbidden')
      return { kind: 'refused', because: 'forbidden', detail }
    if (failure.code !== 'github.refused') throw failure
    if (PENDING.test(detail)) return { kind: 'refused', because: 'pending-review', detail }
    return { kind: 'refused', because: ANCHOR.test(detail) ? 'anchors' : 'validation', detail }
  }
}

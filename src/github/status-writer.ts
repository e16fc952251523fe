import * as z from 'zod'
import { Problem } from '#core/problem'
import type { CheckOutput, StatusWriter } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { idOf } from '#github/created'
import type { PullRef } from '#github/pull-ref'

/** What branch protection matches; it must never change. */
const CHECK_NAME = 'Integrations Tech Lead'

const Checks = z.array(
  z.object({
    id: z.number(),
    external_id: z.string().nullable(),
    head_sha: z.string(),
    status: z.enum(['queued', 'in_progress', 'completed']),
    output: z.object({ annotations_count: z.number() }),
  }),
)

/** Checks and reactions, with a token each that can do nothing else. */
export function createStatusWriter(
  client: GitHubClient,
  reactions: GitHubClient,
  ref: PullRef,
  appId: number,
): StatusWriter {
  const { owner, name: repo } = ref
  return {
    async ownChecks(headSha) {
      const runs = await client.read(async (octokit) => {
        // By default only the latest of one name is listed, and all of ours have one name.
        const mine = { app_id: appId, filter: 'all' as const }
        const ask = { owner, repo, ref: headSha, ...mine, per_page: 100 }
        return Checks.parse(await octokit.paginate(octokit.rest.checks.listForRef, ask))
      })
      return runs.map((run) => ({
        id: run.id,
        externalId: run.external_id ?? '',
        headSha: run.head_sha,
        status: run.status,
        annotationCount: run.output.annotations_count,
      }))
    },
    async createCheck({ headSha, externalId, startedAt, conclusion, ...output }) {
      const { data } = await client.write((octokit) =>
        octokit.rest.checks.create({
          owner,
          repo,
          name: CHECK_NAME,
          head_sha: headSha,
          external_id: externalId,
          started_at: startedAt,
          ...(conclusion === null
            ? { status: 'in_progress' }
            : { status: 'completed', conclusion }),
          ...shownAs(output),
        }),
      )
      return idOf(data)
    },
    async updateCheck(id, { conclusion, ...output }) {
      const { data } = await client.write((octokit) =>
        octokit.rest.checks.update({
          owner,
          repo,
          check_run_id: id,
          ...(conclusion === null ? {} : { status: 'completed', conclusion }),
          ...shownAs(output),
        }),
      )
      idOf(data)
    },
    async react({ commentId, surface }, content) {
      const ask = { owner, repo, comment_id: commentId, content }
      try {
        await reactions.write((octokit) =>
          surface === 'thread'
            ? octokit.rest.reactions.createForPullRequestReviewComment(ask)
            : octokit.rest.reactions.createForIssueComment(ask),
        )
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure
      }
    },
  }
}

/** GitHub takes fifty annotations in one request; what is wrong with settings is less. */
const MAX_ANNOTATIONS = 50

function shownAs({
  title,
  summary,
  annotations = [],
  actions = [],
}: Omit<CheckOutput, 'conclusion'>) {
  const remarks = annotations.slice(0, MAX_ANNOTATIONS).map(({ path, line, message }) => ({
    ...{ path, message, start_line: line, end_line: line },
    annotation_level: 'warning' as const,
  }))
  return {
    output: { title, summary, ...(remarks.length === 0 ? {} : { annotations: remarks }) },
    // Left out, the buttons of an earlier update would stay.
    actions: actions.map((action) => ({ ...action })),
  }
}

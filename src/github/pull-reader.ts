import * as z from 'zod'
import { Problem } from '#core/problem'
import type { PullReader, PullState, Snapshot } from '#flow/ports'
import { readChangedFiles } from '#github/changed-files'
import type { GitHubClient } from '#github/client'
import { createContents } from '#github/contents'
import { type FullOpening, type PullRef, readOpening, readOwnThreads } from '#github/opening'
import { readOwnComments, readOwnReviews, readPermission, readState } from '#github/pull-state'

/** Reads one pull request with a token that can only read. */
export function createPullReader(client: GitHubClient, ref: PullRef, agent: string): PullReader {
  let last: Promise<FullOpening> | null = null
  const opening = () => {
    last = readOpening(client, ref, agent)
    return last
  }
  const botId = async () => (await (last ?? opening())).botId
  const state = () => readState(client, ref)
  return {
    opening,
    state,
    changes: () => ({
      snapshot: async () => readSnapshot(client, ref, await (last ?? opening()), state),
    }),
    permission: (login) => readPermission(client, ref, login),
    ownReviews: async () => readOwnReviews(client, ref, await botId()),
    ownComments: async () => readOwnComments(client, ref, await botId()),
    ownThreads: () => readOwnThreads(client, ref),
  }
}

/** The files are read between two looks at the head; a push in between starts over later. */
async function readSnapshot(
  client: GitHubClient,
  ref: PullRef,
  opening: FullOpening,
  state: () => Promise<PullState>,
): Promise<Snapshot> {
  const { head, baseSha } = opening.state
  const files = await readChangedFiles(client, ref)
  const after = await state()
  if (after.head !== head) {
    throw new Problem('pull.moved', 'retry', 'the pull request was pushed to while it was read', {
      retryAfterMs: 0,
    })
  }
  const base = await mergeBase(client, ref, baseSha, head)
  return {
    base,
    head,
    files,
    totalFiles: Math.max(opening.changedFiles, files.length),
    title: opening.title,
    description: opening.description,
    trusted: opening.trusted,
    contents: createContents(client, ref, { base, head, tip: opening.trusted.commit ?? base }),
  }
}

async function mergeBase(
  client: GitHubClient,
  ref: PullRef,
  base: string,
  head: string,
): Promise<string> {
  const Comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) })
  return client.read(async (octokit) => {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner: ref.owner,
      repo: ref.name,
      basehead: `${base}...${head}`,
      per_page: 1,
    })
    return Comparison.parse(data).merge_base_commit.sha
  })
}

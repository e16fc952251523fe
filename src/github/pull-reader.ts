import * as z from 'zod'
import type { FileDiff } from '#core/diff/diff'
import { pathFacts } from '#core/filter/file-kind'
import { Problem } from '#core/problem'
import type { Snapshot } from '#flow/ports'
import type { PullReader, PullState } from '#flow/pull-request-port'
import { ChangedFiles, readChangedFiles, toFileDiffs } from '#github/changed-files'
import type { GitHubClient } from '#github/client'
import { createContents, createTrees } from '#github/contents'
import { type FullOpening, readOpening } from '#github/opening'
import type { PullRef } from '#github/pull-ref'
import {
  readOwnComments,
  readOwnReviews,
  readOwnThreadComments,
  readPermission,
  readState,
} from '#github/pull-state'
import { readBotId, readRepositoryTip } from '#github/repository-tip'
import { readOwnThreads } from '#github/review-threads'

const Comparison = z.object({
  merge_base_commit: z.object({ sha: z.string() }),
  files: ChangedFiles.default([]),
})

/**
 * Reads one pull request with a token that can only read.
 *
 * @param agent whose definition and memory are read where the repository's settings name none
 */
export function createPullReader(
  client: GitHubClient,
  ref: PullRef,
  agent: string,
): PullReader & {
  /** The last opening, where one was asked for. */
  opened(): Promise<FullOpening> | null
} {
  let last: Promise<FullOpening> | null = null
  const opening = () => {
    last = readOpening(client, ref, agent)
    return last
  }
  let bot: Promise<number> | null = null
  // An issue has no opening, and is asked about too.
  const botId = async () => {
    bot ??= last === null ? readBotId(client) : last.then((one) => one.botId)
    return bot
  }
  const state = () => readState(client, ref)
  return {
    opening,
    opened: () => last,
    state,
    changes: () => ({
      snapshot: async () => readSnapshot(client, ref, await (last ?? opening()), state),
    }),
    tip: () => readRepositoryTip(client, ref, agent),
    permission: (login) => readPermission(client, ref, login),
    ownReviews: async () => readOwnReviews(client, ref, await botId()),
    ownComments: async () => readOwnComments(client, ref, await botId()),
    ownThreads: () => readOwnThreads(client, ref),
    ownThreadComments: async () => readOwnThreadComments(client, ref, await botId()),
  }
}

/** Larger changes are listed page by page; a comparison would be one answer of many megabytes. */
const MAX_COMPARED = 100

/**
 * A small change is one answer: the comparison names both commits, so nothing can move meanwhile.
 * A large one, or one where GitHub's two answers disagree, is listed page by page between two looks
 * at the head; a push in between starts over later.
 */
async function readSnapshot(
  client: GitHubClient,
  ref: PullRef,
  opening: FullOpening,
  state: () => Promise<PullState>,
): Promise<Snapshot> {
  const { head } = opening.state
  const trees = createTrees(client, ref)
  // Code is looked up in the tree whatever its change is: the two are asked for at once.
  if (opening.paths.some((path) => pathFacts(path).kind === 'source')) trees.begin(head)
  const { base, files: compared } = await compare(client, ref, opening)
  const whole = compared.length === opening.changedFiles && compared.length <= MAX_COMPARED
  const files = whole ? compared : await listBetween(client, ref, head, state)
  return {
    base,
    head,
    files,
    totalFiles: Math.max(opening.changedFiles, files.length),
    title: opening.title,
    description: opening.description,
    trusted: opening.trusted,
    contents: createContents(
      client,
      ref,
      { base, head, tip: opening.trusted.commit ?? base },
      trees,
    ),
  }
}

async function listBetween(
  client: GitHubClient,
  ref: PullRef,
  head: string,
  state: () => Promise<PullState>,
): Promise<readonly FileDiff[]> {
  const files = await readChangedFiles(client, ref)
  const after = await state()
  if (after.head === head) return files
  throw new Problem('pull.moved', 'retry', 'the pull request was pushed to while it was read', {
    retryAfterMs: 0,
  })
}

/**
 * The merge base and, for a small change, its files. The base is named by its branch: the sha that
 * a pull request knows of it stays behind when the branch was merged into the head.
 */
async function compare(
  client: GitHubClient,
  ref: PullRef,
  { state, changedFiles }: FullOpening,
): Promise<{ base: string; files: readonly FileDiff[] }> {
  const small = changedFiles <= MAX_COMPARED
  const ask = (from: string) =>
    client.read(async (octokit) => {
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
        owner: ref.owner,
        repo: ref.name,
        basehead: `${from}...${state.head}`,
        per_page: 1,
        // The files stand on the first page only.
        page: small ? 1 : 2,
      })
      const { merge_base_commit, files } = Comparison.parse(data)
      return { base: merge_base_commit.sha, files: small ? toFileDiffs(files) : [] }
    })
  try {
    return await ask(state.baseRef)
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== 'github.gone') throw failure
    // The branch is gone, its last commit is not.
    return ask(state.baseSha)
  }
}

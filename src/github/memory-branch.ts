import * as z from 'zod'
import { Problem } from '#core/problem'
import { SETTINGS_PATH } from '#core/settings/settings'
import type { CommitOutcome, MemoryBranch, MemoryHistory } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { createContents } from '#github/contents'
import type { PullRef } from '#github/pull-ref'
import { requiresChecks } from '#github/required-checks'

const Ref = z.object({ object: z.object({ sha: z.string() }) })
const Commits = z.array(
  z.object({
    sha: z.string(),
    commit: z.object({
      message: z.string(),
      committer: z.object({ date: z.string().nullish() }).nullish(),
    }),
  }),
)
const Committed = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: z.string() }) }),
})
const COMMIT = `mutation Remember($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`
/** How far back a commit of ours is looked for. */
const LOOK_BACK = 100
/** The line that each commit of ours to the folder has. */
const OURS = /^Tech-Lead-[A-Z][a-z]+: /m

/** Whose folder it is, and with which token. */
export interface MemoryPlace {
  readonly client: GitHubClient
  readonly ref: PullRef
  /** As in `.claude/agent-memory/integrations-tech-lead`. */
  readonly folder: string
}

/** The folder on any branch. */
export function memoryBranch(place: MemoryPlace, name: () => Promise<string>): MemoryBranch {
  const { client, ref, folder } = place
  let tipBranch = ''
  let tipCommit = ''
  return {
    async tip() {
      const tip = await readTip(place, await name())
      tipBranch = tip.branch
      tipCommit = tip.commit
      return tip
    },
    readAtTip: (paths) => contentsAt(place, tipCommit).read(paths, 'tip'),
    history: (trailers) => readHistory(place, tipCommit, new Set(trailers)),
    requiresChecks: () => requiresChecks(client, ref, tipBranch),
    commit: (change) =>
      outcomeOf(() =>
        client.write(async (octokit) => {
          const answer = await octokit.graphql(COMMIT, { input: inputOf(ref, folder, change) })
          return Committed.parse(answer).createCommitOnBranch.commit.oid
        }),
      ),
  }
}

function contentsAt({ client, ref }: MemoryPlace, commit: string) {
  return createContents(client, ref, { base: commit, head: commit, tip: commit })
}

/** The commit that a branch is at. */
export function readBranchTip({ client, ref }: MemoryPlace, branch: string): Promise<string> {
  return client.read(async (octokit) => {
    const { data } = await octokit.rest.git.getRef({
      ...{ owner: ref.owner, repo: ref.name, ref: `heads/${branch}` },
    })
    return Ref.parse(data).object.sha
  })
}

async function readTip(place: MemoryPlace, branch: string) {
  const { folder } = place
  const commit = await readBranchTip(place, branch)
  const contents = contentsAt(place, commit)
  const { paths } = await contents.list('tip')
  const own = paths.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.md'))
  const texts = await contents.read([...own, SETTINGS_PATH], 'tip')
  const files = own.flatMap((path) => {
    const content = texts.get(path)
    if (content?.kind !== 'text') return []
    return [{ path: path.slice(folder.length + 1), text: content.text }]
  })
  const settings = texts.get(SETTINGS_PATH)
  return {
    ...{ branch, commit, files },
    settings: settings?.kind === 'text' ? { path: SETTINGS_PATH, text: settings.text } : null,
  }
}

/** The history of the folder up to a commit. */
export async function readHistory(
  { client, ref, folder }: MemoryPlace,
  commit: string,
  trailers: ReadonlySet<string>,
): Promise<MemoryHistory> {
  const ask = { owner: ref.owner, repo: ref.name, sha: commit, path: folder, per_page: LOOK_BACK }
  const commits = await client.read(async (octokit) => {
    const { data } = await octokit.rest.repos.listCommits(ask)
    return Commits.parse(data)
  })
  const carried = commits.flatMap(({ sha, commit: { message } }) => {
    const lines = message.split('\n').filter((line) => trailers.has(line))
    return lines.map((line): [string, string] => [line, sha])
  })
  const madeAt = commits.flatMap(({ commit: { message, committer } }) =>
    OURS.test(message) && committer?.date ? [Date.parse(committer.date)] : [],
  )
  return { carried: new Map(carried), madeAt }
}

function inputOf(ref: PullRef, folder: string, change: Parameters<MemoryBranch['commit']>[0]) {
  const { branch, expected, headline, body, edits } = change
  const written = edits.flatMap(({ path, text }) =>
    text === null
      ? []
      : [{ path: `${folder}/${path}`, contents: Buffer.from(text).toString('base64') }],
  )
  const removed = edits.filter(({ text }) => text === null)
  return {
    branch: { repositoryNameWithOwner: `${ref.owner}/${ref.name}`, branchName: branch },
    expectedHeadOid: expected,
    message: { headline, body },
    fileChanges: {
      additions: written,
      deletions: removed.map(({ path }) => ({ path: `${folder}/${path}` })),
    },
  }
}

/** A stale tip arrives as HTTP 200 with an error inside; refusals are rules of the branch. */
async function outcomeOf(commit: () => Promise<string>): Promise<CommitOutcome> {
  try {
    return { kind: 'committed', sha: await commit() }
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    if (failure.code === 'github.stale') return { kind: 'stale' }
    if (failure.kind !== 'retry') return { kind: 'refused', because: failure.message }
    throw failure
  }
}

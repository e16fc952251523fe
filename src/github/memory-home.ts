import * as z from 'zod'
import { memoryFolder } from '#core/memory/memory'
import { Problem } from '#core/problem'
import type { CommitOutcome, MemoryHome } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'
import { createContents } from '#github/contents'
import type { PullRef } from '#github/opening'

const Repository = z.object({ default_branch: z.string() })
const Ref = z.object({ object: z.object({ sha: z.string() }) })
const Commits = z.array(z.object({ sha: z.string(), commit: z.object({ message: z.string() }) }))
const Committed = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: z.string() }) }),
})
const COMMIT = `mutation Remember($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`
/** How far back a commit of ours is looked for. */
const LOOK_BACK = 100

/** The memory folder on the default branch, with a token that can change files. */
export function createMemoryHome(client: GitHubClient, ref: PullRef, agent: string): MemoryHome {
  const folder = memoryFolder(agent)
  let tipCommit = ''
  return {
    async tip() {
      const tip = await readTip(client, ref, folder)
      tipCommit = tip.commit
      return tip
    },
    readAtTip: (paths) => contentsAt(client, ref, tipCommit).read(paths, 'tip'),
    findCommits: (trailers) => findCommits(client, ref, folder, new Set(trailers)),
    commit: (change) =>
      outcomeOf(() =>
        client.write(async (octokit) => {
          const answer = await octokit.graphql(COMMIT, { input: inputOf(ref, folder, change) })
          return Committed.parse(answer).createCommitOnBranch.commit.oid
        }),
      ),
  }
}

function contentsAt(client: GitHubClient, ref: PullRef, commit: string) {
  return createContents(client, ref, { base: commit, head: commit, tip: commit })
}

async function readTip(client: GitHubClient, ref: PullRef, folder: string) {
  const { owner, name: repo } = ref
  const branch = await client.read(async (octokit) => {
    const { data } = await octokit.rest.repos.get({ owner, repo })
    return Repository.parse(data).default_branch
  })
  const commit = await client.read(async (octokit) => {
    const { data } = await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })
    return Ref.parse(data).object.sha
  })
  const contents = contentsAt(client, ref, commit)
  const { paths } = await contents.list('tip')
  const own = paths.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.md'))
  const texts = await contents.read(own, 'tip')
  const files = own.flatMap((path) => {
    const content = texts.get(path)
    if (content?.kind !== 'text') return []
    return [{ path: path.slice(folder.length + 1), text: content.text }]
  })
  return { branch, commit, files }
}

async function findCommits(
  client: GitHubClient,
  ref: PullRef,
  folder: string,
  trailers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const ask = { owner: ref.owner, repo: ref.name, path: folder, per_page: LOOK_BACK }
  const commits = await client.read(async (octokit) => {
    const { data } = await octokit.rest.repos.listCommits(ask)
    return Commits.parse(data)
  })
  const carried = commits.flatMap(({ sha, commit }) => {
    const lines = commit.message.split('\n').filter((line) => trailers.has(line))
    return lines.map((line): [string, string] => [line, sha])
  })
  return new Map(carried)
}

function inputOf(ref: PullRef, folder: string, change: Parameters<MemoryHome['commit']>[0]) {
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

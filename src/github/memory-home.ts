import * as z from 'zod'
import { memoryFolder } from '#core/memory/memory'
import { Problem } from '#core/problem'
import type { CommitOutcome, MemoryHome } from '#flow/ports'
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
  const { owner, name: repo } = ref
  const folder = memoryFolder(agent)
  let tipCommit = ''
  return {
    async tip() {
      const tip = await readTip(client, ref, folder)
      tipCommit = tip.commit
      return tip
    },
    readAtTip: (paths) => createContents(client, ref, at(tipCommit)).read(paths, 'base'),
    async findCommits(trailers) {
      const ask = { owner, repo, path: folder, per_page: LOOK_BACK }
      const commits = await client.read(async (octokit) =>
        Commits.parse((await octokit.rest.repos.listCommits(ask)).data),
      )
      const lines = commits.flatMap(({ sha, commit }) =>
        commit.message.split('\n').map((line) => [line, sha] as const),
      )
      const shas = new Map(lines.toReversed())
      return new Map(trailers.flatMap((line) => pairOf(line, shas.get(line))))
    },
    commit: ({ branch, expected, headline, body, edits }) =>
      outcomeOf(async () => {
        const input = {
          branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: branch },
          expectedHeadOid: expected,
          message: { headline, body },
          fileChanges: {
            additions: edits.flatMap(({ path, text }) =>
              text === null
                ? []
                : [{ path: `${folder}/${path}`, contents: Buffer.from(text).toString('base64') }],
            ),
            deletions: edits.flatMap(({ path, text }) =>
              text === null ? [{ path: `${folder}/${path}` }] : [],
            ),
          },
        }
        return client.write(
          async (octokit) =>
            Committed.parse(await octokit.graphql(COMMIT, { input })).createCommitOnBranch.commit
              .oid,
        )
      }),
  }
}

function pairOf(line: string, sha: string | undefined): [string, string][] {
  return sha === undefined ? [] : [[line, sha]]
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
  const contents = createContents(client, ref, at(commit))
  const { paths } = await contents.list('base')
  const own = paths.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.md'))
  const texts = await contents.read(own, 'base')
  const files = own.flatMap((path) => {
    const content = texts.get(path)
    if (content?.kind !== 'text') return []
    return [{ path: path.slice(folder.length + 1), text: content.text }]
  })
  return { branch, commit, files }
}

function at(commit: string): { base: () => Promise<string>; head: () => Promise<string> } {
  return { base: async () => commit, head: async () => commit }
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

import * as z from 'zod'
import { memoryFolder } from '#core/memory/memory'
import { Problem } from '#core/problem'
import { SETTINGS_PATH } from '#core/settings/settings'
import type { OnboardingHome, RepositoryState } from '#flow/onboarding-port'
import type { GitHubClient, GitHubHost } from '#github/client'
import { createContents } from '#github/contents'
import { memoryBranch } from '#github/memory-branch'
import type { PullAddress } from '#github/pull-request'
import type { GitHubApp } from '#github/tokens'

/** The branch from which the app introduces itself. */
const BRANCH = 'tech-lead/onboarding'

const STATE = `query FirstLook($owner: String!, $name: String!, $settings: String!, $memory: String!, $ours: String!, $branch: String!, $written: String!) {
  repository(owner: $owner, name: $name) {
    isArchived isDisabled isFork
    defaultBranchRef { name target { oid } }
    settings: object(expression: $settings) { __typename }
    memory: object(expression: $memory) { __typename }
    ours: ref(qualifiedName: $ours) { target { oid } }
    written: object(expression: $written) { __typename }
    pullRequests(headRefName: $branch, first: 50, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number state isCrossRepository } }
  }
}`
const Target = z.object({ target: z.object({ oid: z.string() }) })
const Exists = z.object({ __typename: z.string() }).nullable()
const State = z.object({
  repository: z.object({
    isArchived: z.boolean(),
    isDisabled: z.boolean(),
    isFork: z.boolean(),
    defaultBranchRef: Target.extend({ name: z.string() }).nullable(),
    settings: Exists,
    memory: Exists,
    ours: Target.nullable(),
    written: Exists,
    pullRequests: z.object({
      nodes: z.array(
        z.object({ number: z.number(), state: z.string(), isCrossRepository: z.boolean() }),
      ),
    }),
  }),
})

const COMMIT = `mutation Introduce($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`
const Committed = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: z.string() }) }),
})
const Ref = z.object({ object: z.object({ sha: z.string() }) })
const Pull = z.object({ number: z.number(), head: z.object({ ref: z.literal(BRANCH) }) })

/** One repository that the app is introduced to: read with one token, written with another. */
export function openOnboardingHome(
  app: GitHubApp,
  host: GitHubHost,
  address: Omit<PullAddress, 'pull'>,
  agent: string,
): OnboardingHome {
  const { installation, repositoryId, owner, name } = address
  const reader = app.client(installation, repositoryId, 'reader')
  const writer = app.client(installation, repositoryId, 'memory')
  return {
    webUrl: `${host.webUrl}/${owner}/${name}`,
    state: () => readState(reader, address, agent),
    contents: (commit) =>
      createContents(reader, { owner, name }, { base: commit, head: commit, tip: commit }),
    createBranch: (commit) =>
      existing(/already exists/i, () =>
        writer.write(async (octokit) => {
          const ref = `refs/heads/${BRANCH}`
          const { data } = await octokit.rest.git.createRef({ owner, repo: name, ref, sha: commit })
          return Ref.parse(data).object.sha
        }),
      ),
    commitSettings: ({ expected, text, trailer }) =>
      writer.write(async (octokit) => {
        const input = {
          branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: BRANCH },
          expectedHeadOid: expected,
          message: { headline: 'chore: settings of the integrations tech lead', body: trailer },
          fileChanges: {
            additions: [{ path: SETTINGS_PATH, contents: Buffer.from(text).toString('base64') }],
          },
        }
        const answer = Committed.parse(await octokit.graphql(COMMIT, { input }))
        return answer.createCommitOnBranch.commit.oid
      }),
    openPull: ({ base, title, body }) =>
      existing(/pull request already exists/i, () =>
        writer.write(async (octokit) => {
          const pull = { owner, repo: name, head: BRANCH, base, title, body }
          // A redirected or rewritten answer is no pull request: then nobody knows what happened.
          const made = Pull.safeParse((await octokit.rest.pulls.create(pull)).data)
          if (made.success) return made.data.number
          throw ambiguous('GitHub answered in an unknown shape')
        }),
      ),
    memoryBranch: () => {
      const place = { client: writer, ref: { owner, name, pull: 0 }, folder: memoryFolder(agent) }
      return memoryBranch(place, async () => BRANCH)
    },
  }
}

async function readState(
  client: GitHubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
  agent: string,
): Promise<RepositoryState> {
  const variables = {
    ...{ owner, name },
    settings: `HEAD:${SETTINGS_PATH}`,
    memory: `HEAD:${memoryFolder(agent)}`,
    ours: `refs/heads/${BRANCH}`,
    branch: BRANCH,
    written: `${BRANCH}:${SETTINGS_PATH}`,
  }
  const { repository } = await client.read(async (octokit) =>
    State.parse(await octokit.graphql(STATE, variables)),
  )
  const { defaultBranchRef, settings, memory, ours, written, pullRequests } = repository
  // Anybody can name a branch of a fork like ours.
  const pull = pullRequests.nodes.find(({ isCrossRepository }) => !isCrossRepository)
  return {
    archived: repository.isArchived || repository.isDisabled,
    fork: repository.isFork,
    tip:
      defaultBranchRef === null
        ? null
        : { branch: defaultBranchRef.name, commit: defaultBranchRef.target.oid },
    introduced: settings !== null || memory !== null,
    ours: ours === null ? null : { commit: ours.target.oid, settings: written !== null },
    pull: pull === undefined ? null : { number: pull.number, open: pull.state === 'OPEN' },
  }
}

/** What is there already was made by an earlier try whose answer was lost, or is about to be seen. */
async function existing<T>(words: RegExp, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (failure) {
    const isThere = failure instanceof Problem && words.test(failure.message)
    throw isThere ? ambiguous(failure.message) : failure
  }
}

function ambiguous(what: string): Problem {
  return new Problem('github.ambiguous', 'retry', `${what}; the write may have happened`)
}

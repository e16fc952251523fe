import * as z from 'zod'
import type { AuditedRepository, AuditHome, OwnIssue } from '#flow/audit-port'
import type { GitHubClient, GitHubHost } from '#github/client'
import { createContents } from '#github/contents'
import { numberOf } from '#github/created'
import type { PullAddress } from '#github/pull-request'
import type { GitHubApp } from '#github/tokens'
import {
  readTrustedFiles,
  TRUSTED_FIELDS,
  TRUSTED_VARIABLES,
  TrustedAnswer,
  trustedPlaces,
} from '#github/trusted-files'

const AUDITED = `query Audited($owner: String!, $name: String!, ${TRUSTED_VARIABLES}) {
  repository(owner: $owner, name: $name) { isArchived isDisabled hasIssuesEnabled ${TRUSTED_FIELDS} }
}`
const Audited = z.object({
  repository: z.object({
    ...TrustedAnswer.shape,
    isArchived: z.boolean(),
    isDisabled: z.boolean(),
    hasIssuesEnabled: z.boolean(),
  }),
})
const VIEWER = 'query { viewer { databaseId login } }'
const Viewer = z.object({ viewer: z.object({ databaseId: z.number(), login: z.string() }) })
const Issues = z.array(
  z.object({
    number: z.number(),
    state: z.enum(['open', 'closed']),
    body: z.string().nullish(),
    user: z.object({ id: z.number() }).nullable(),
    pull_request: z.unknown().optional(),
  }),
)

/** The most that GitHub gives at once. */
const PAGE = 100

/** One repository that is audited: read with one token, its issues kept with another. */
export function openAuditHome(
  app: GitHubApp,
  host: GitHubHost,
  address: Omit<PullAddress, 'pull'>,
  agent: string,
): AuditHome {
  const { installation, repositoryId, owner, name } = address
  const reader = app.client(installation, repositoryId, 'reader')
  const keeper = app.client(installation, repositoryId, 'issues')
  return {
    webUrl: `${host.webUrl}/${owner}/${name}`,
    repository: () => readAudited(reader, { owner, name }, agent),
    ownIssues: () => readOwnIssues(keeper, { owner, name }),
    openIssue: (words) =>
      keeper.write(async (octokit) => {
        const { data } = await octokit.rest.issues.create({ owner, repo: name, ...words })
        return numberOf(data)
      }),
    editIssue: (issue_number, body) =>
      keeper.write(async (octokit) => {
        numberOf((await octokit.rest.issues.update({ owner, repo: name, issue_number, body })).data)
      }),
  }
}

async function readAudited(
  client: GitHubClient,
  place: { readonly owner: string; readonly name: string },
  agent: string,
): Promise<AuditedRepository> {
  const { repository } = await client.read(async (octokit) =>
    Audited.parse(await octokit.graphql(AUDITED, { ...place, ...trustedPlaces(agent) })),
  )
  const { commit, settings, memory } = await readTrustedFiles(client, place, {
    answer: repository,
    agent,
  })
  const at = commit ?? ''
  return {
    closedBecause: closedBecause(repository, commit),
    settings,
    memory,
    contents: createContents(client, place, { base: at, head: at, tip: at }),
  }
}

function closedBecause(
  { isArchived, isDisabled, hasIssuesEnabled }: z.infer<typeof Audited>['repository'],
  commit: string | null,
): string | null {
  if (isArchived || isDisabled) return 'archived'
  if (!hasIssuesEnabled) return 'its issues are switched off'
  return commit === null ? 'empty' : null
}

/** Pull requests stand in the same list, and so does what another account of the name would open. */
async function readOwnIssues(
  client: GitHubClient,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
): Promise<readonly OwnIssue[]> {
  const { viewer } = await client.read(async (octokit) =>
    Viewer.parse(await octokit.graphql(VIEWER)),
  )
  const ask = { owner, repo, creator: viewer.login, state: 'all', direction: 'asc' } as const
  const found: OwnIssue[] = []
  for (let page = 1; ; page += 1) {
    const issues = await client.read(async (octokit) => {
      const { data } = await octokit.rest.issues.listForRepo({ ...ask, per_page: PAGE, page })
      return Issues.parse(data)
    })
    for (const { number, state, body, user, pull_request } of issues) {
      if (pull_request !== undefined || user?.id !== viewer.databaseId) continue
      found.push({ number, open: state === 'open', body: body ?? '' })
    }
    if (issues.length < PAGE) return found
  }
}

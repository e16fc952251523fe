import * as z from 'zod'
import type { RepositoryRef } from '#core/job/job'
import type { InstallationSeen, OpenPull, OpenPulls } from '#flow/onboarding-port'
import { AUTHOR, Author } from '#github/author'
import type { GitHubClient } from '#github/client'
import type { GitHubApp } from '#github/tokens'

/** The most that GitHub gives at once. */
const PAGE = 100

const Installations = z.array(
  z.object({
    id: z.number(),
    suspended_at: z.string().nullish(),
    account: z.object({ login: z.string().optional() }).nullish(),
  }),
)

const Repositories = z.object({
  repositories: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      private: z.boolean(),
      owner: z.object({ login: z.string() }),
      archived: z.boolean().optional(),
      disabled: z.boolean().optional(),
      open_issues_count: z.number(),
    }),
  ),
})

const PULLS = `query OpenPulls($owner: String!, $name: String!, $after: String) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) {
    pullRequests(states: [OPEN], first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number headRefOid updatedAt author { ${AUTHOR} } }
    }
  }
}`
const PullsAnswer = z.object({
  viewer: z.object({ databaseId: z.number() }),
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(
        z.object({
          number: z.number(),
          headRefOid: z.string(),
          updatedAt: z.iso.datetime({ offset: true }).transform((moment) => Date.parse(moment)),
          author: Author,
        }),
      ),
    }),
  }),
})

/** Every installation of the app, suspended ones too, page by page. */
export async function* seeInstallations(app: GitHubApp): AsyncIterable<InstallationSeen> {
  for (let page = 1; ; page += 1) {
    const all = await app.asApp.read(async (octokit) =>
      Installations.parse(
        (await octokit.rest.apps.listInstallations({ per_page: PAGE, page })).data,
      ),
    )
    yield* all.map(({ id, account, suspended_at: suspendedAt }) => ({
      ...{ id, account: account?.login ?? null },
      suspended: (suspendedAt ?? null) !== null,
    }))
    if (all.length < PAGE) return
  }
}

/**
 * The open pull requests of an installation. The repositories are named with a token that can read
 * nothing but names; each that may have any is then asked with a token of its own.
 */
export function listOpenPulls(app: GitHubApp, installation: number): OpenPulls {
  const client = app.ofInstallation(installation)
  return {
    async *repositories() {
      for (let page = 1; ; page += 1) {
        const { repositories } = await client.read(async (octokit) => {
          const ask = { per_page: PAGE, page }
          const { data } = await octokit.rest.apps.listReposAccessibleToInstallation(ask)
          return Repositories.parse(data)
        })
        // Open pull requests count as open issues, so that most repositories need no token and no question.
        const open = repositories.filter(
          (one) => !(one.archived || one.disabled) && one.open_issues_count > 0,
        )
        if (open.length > 0) yield open.map(refOf)
        if (repositories.length < PAGE) return
      }
    },
    async *of(repository, since) {
      const lister = app.client(installation, repository.id, 'lister')
      let after: string | null = null
      do {
        const { nodes, botId, next } = await pageOf(lister, repository, after)
        const recent = nodes.filter(({ updatedAt }) => updatedAt >= since)
        yield recent.map((node) => openPull(node, botId))
        after = recent.length === nodes.length ? next : null
      } while (after !== null)
    },
  }
}

type PullNode = z.infer<typeof PullsAnswer>['repository']['pullRequests']['nodes'][number]

interface PullPage {
  readonly nodes: readonly PullNode[]
  /** Who we are. */
  readonly botId: number
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

async function pageOf(
  client: GitHubClient,
  { owner, name }: RepositoryRef,
  after: string | null,
): Promise<PullPage> {
  const { viewer, repository } = await client.read(async (octokit) =>
    PullsAnswer.parse(await octokit.graphql(PULLS, { owner, name, after })),
  )
  const { nodes, pageInfo } = repository.pullRequests
  const next = pageInfo.hasNextPage ? pageInfo.endCursor : null
  return { nodes, botId: viewer.databaseId, next }
}

function openPull({ number, headRefOid, updatedAt, author }: PullNode, botId: number): OpenPull {
  return { number, head: headRefOid, updatedAt, ours: author?.databaseId === botId }
}

function refOf(one: z.infer<typeof Repositories>['repositories'][number]): RepositoryRef {
  return { id: one.id, owner: one.owner.login, name: one.name, private: one.private }
}

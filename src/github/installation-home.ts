import * as z from 'zod'
import type { RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'
import type { InstallationHome } from '#flow/onboarding-port'
import type { GitHubApp } from '#github/tokens'

/** The most that GitHub gives at once. */
const PAGE = 100
/** A limit changes slowly: the same answer serves for so many milliseconds. */
const FRESH_MS = 15_000

const Page = z.object({
  repositories: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      private: z.boolean(),
      owner: z.object({ login: z.string() }),
    }),
  ),
})
const Limit = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() })
const Limits = z.object({ resources: z.object({ core: Limit, graphql: Limit }) })

const Installations = z.array(z.object({ id: z.number(), suspended_at: z.string().nullish() }))

/** Every installation of the app that is not suspended, page by page. */
export async function* listInstallations(app: GitHubApp): AsyncIterable<number> {
  for (let page = 1; ; page += 1) {
    const all = await app.asApp.read(async (octokit) =>
      Installations.parse(
        (await octokit.rest.apps.listInstallations({ per_page: PAGE, page })).data,
      ),
    )
    yield* all.filter((one) => (one.suspended_at ?? null) === null).map(({ id }) => id)
    if (all.length < PAGE) return
  }
}

/** One installation of the app, seen with a token that can read nothing but names. */
export function openInstallation(
  app: GitHubApp,
  installation: number,
  now: () => number,
): InstallationHome {
  const client = app.ofInstallation(installation)
  let known: {
    readonly at: number
    readonly budget: ReturnType<InstallationHome['budget']>
  } | null = null
  return {
    async exists() {
      try {
        const ask = { installation_id: installation }
        await app.asApp.read((octokit) => octokit.rest.apps.getInstallation(ask))
        return true
      } catch (failure) {
        if (failure instanceof Problem && failure.kind === 'gone') return false
        throw failure
      }
    },
    async *repositories() {
      for (let page = 1; ; page += 1) {
        const { repositories } = await client.read(async (octokit) => {
          const ask = { per_page: PAGE, page }
          return Page.parse((await octokit.rest.apps.listReposAccessibleToInstallation(ask)).data)
        })
        if (repositories.length > 0) yield repositories.map(refOf)
        if (repositories.length < PAGE) return
      }
    },
    budget() {
      if (known !== null && now() - known.at < FRESH_MS) return known.budget
      // Asking costs nothing of what is asked about.
      const budget = client.read(async (octokit) =>
        leastOf(Limits.parse((await octokit.rest.rateLimit.get()).data)),
      )
      known = { at: now(), budget }
      budget.catch(() => {
        known = null
      })
      return budget
    },
  }
}

function refOf(one: z.infer<typeof Page>['repositories'][number]): RepositoryRef {
  return { id: one.id, owner: one.owner.login, name: one.name, private: one.private }
}

function leastOf({ resources: { core, graphql } }: z.infer<typeof Limits>) {
  const [least = core] = [core, graphql].sort((a, b) => partOf(a) - partOf(b))
  return { left: partOf(least), resetAt: least.reset * 1_000 }
}

function partOf({ limit, remaining }: z.infer<typeof Limit>): number {
  return limit === 0 ? 1 : remaining / limit
}

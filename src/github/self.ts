import * as z from 'zod'
import { Problem } from '#core/problem'
import type { GitHubApp } from '#github/tokens'

const App = z.object({ id: z.number(), slug: z.string() })
const Installations = z.array(z.object({ id: z.number() }))
const User = z.object({ id: z.number() })

/** Who we are: the app's id, and the account that our comments belong to. */
export interface SelfIds {
  readonly appId: number
  readonly botUserId: number
}

/**
 * Asks GitHub who we are. The account has another id than the app and is only found by its name.
 *
 * @throws Problem `github.not-installed` while there is no installation to ask through
 */
export async function readSelf(app: GitHubApp): Promise<SelfIds> {
  const own = await app.asApp.read(async (octokit) =>
    App.parse((await octokit.rest.apps.getAuthenticated()).data),
  )
  const [installation] = await app.asApp.read(async (octokit) =>
    Installations.parse((await octokit.rest.apps.listInstallations({ per_page: 1 })).data),
  )
  if (installation === undefined) {
    throw new Problem('github.not-installed', 'retry', 'The app is not installed anywhere yet.')
  }
  const user = await app
    .ofInstallation(installation.id)
    .read(async (octokit) =>
      User.parse((await octokit.rest.users.getByUsername({ username: `${own.slug}[bot]` })).data),
    )
  return { appId: own.id, botUserId: user.id }
}

import * as z from 'zod'
import { Problem } from '#core/problem'
import { type GitHubHost, octokitFor, type Pace } from '#github/client'
import { problemOf } from '#github/failures'

/** What GitHub gives once, and never again, when an app was made from a manifest. */
const Converted = z.object({
  id: z.int().positive(),
  slug: z.string().regex(/^[a-z0-9-]{1,100}$/),
  html_url: z.url(),
  pem: z.string().min(1),
  webhook_secret: z.string().nullable(),
})

/** An app that GitHub has just registered, with its secrets. */
export interface RegisteredApp {
  readonly id: number
  readonly slug: string
  /** The page of the app, where it is installed. */
  readonly url: string
  /** PEM. */
  readonly privateKey: string
  /** Null where GitHub made none. */
  readonly webhookSecret: string | null
}

/**
 * Turns the code that GitHub gave the browser into the app and its secrets. A code is good for an
 * hour and for one time, and nothing else proves who asks
 * (https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
 *
 * @throws Problem `setup.code` when GitHub does not know the code, else one of a failed write: it
 *   is never repeated, because the secrets of a lost answer are lost as well
 */
export async function convertManifest(
  host: GitHubHost,
  code: string,
  pace: Pick<Pace, 'now' | 'timeoutMs'>,
): Promise<RegisteredApp> {
  const octokit = octokitFor(host, null, 'write', pace.timeoutMs)
  const { data } = await octokit.rest.apps
    .createFromManifest({ code })
    .catch((failure: unknown) => {
      throw conversionProblem(problemOf(failure, 'write', pace.now()), host)
    })
  const read = Converted.safeParse(data)
  if (!read.success)
    throw new Problem('setup.answer', 'told', 'GitHub answered, but not with a new app.')
  const { id, slug, html_url: url, pem: privateKey, webhook_secret: webhookSecret } = read.data
  return { id, slug, url, privateKey, webhookSecret }
}

function conversionProblem(problem: Problem, { webUrl }: GitHubHost): Problem {
  if (problem.code === 'github.gone')
    return new Problem(
      'setup.code',
      'told',
      'GitHub does not know this code: it was used, or is older than an hour. Start the setup again.',
      { cause: problem },
    )
  if (problem.code !== 'github.ambiguous') return problem
  return new Problem(
    'setup.lost',
    'told',
    `GitHub's answer was lost (${problem.message}), and the secrets with it. Delete the app, if it is at ${webUrl}/settings/apps, and start the setup again.`,
    { cause: problem },
  )
}

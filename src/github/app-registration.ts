import { RequestError } from '@octokit/request-error'
import * as z from 'zod'
import { Problem } from '#core/problem'
import { momentOf } from '#github/client'
import type { GitHubApp } from '#github/tokens'

const Registration = z.object({
  slug: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
  installations_count: z.int().nonnegative().optional(),
})

/** The app as GitHub knows it: what it may do, and what it is told about. */
export interface AppRegistration {
  readonly slug: string
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
  /** Null where GitHub does not say. */
  readonly installations: number | null
}

/** What GitHub said when it was asked about the app. */
export interface AppAnswer {
  readonly said: AppRegistration | Problem
  /** GitHub's clock, in milliseconds since the epoch; null without an answer. A refusal has it too. */
  readonly githubTime: number | null
}

/** Asks GitHub about the app, with its own key. Never rejects for what GitHub may answer. */
export async function readAppRegistration(app: GitHubApp): Promise<AppAnswer> {
  try {
    return await app.asApp.read(async (octokit) => {
      const { data, headers } = await octokit.rest.apps.getAuthenticated()
      const { installations_count: count = null, ...rest } = Registration.parse(data)
      return { said: { ...rest, installations: count }, githubTime: momentOf(headers.date) }
    })
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    const { cause } = failure
    const date = cause instanceof RequestError ? cause.response?.headers.date : undefined
    return { said: failure, githubTime: momentOf(date) }
  }
}

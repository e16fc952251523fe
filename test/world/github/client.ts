import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import type { Permissions, Repository } from './state.ts'
import type { GitHubWorld } from './world.ts'

/** Keeps octokit from printing the refusals that tests are about. */
export const QUIET = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** An octokit that acts as the app itself, by JWT. */
export function appClient(world: GitHubWorld): Octokit {
  return new Octokit({
    baseUrl: world.apiUrl,
    log: QUIET,
    authStrategy: createAppAuth,
    auth: { appId: world.app.id, privateKey: world.privateKey },
  })
}

/** An octokit with a token for one repository; without permissions it holds all of the installation's. */
export async function repositoryClient(
  world: GitHubWorld,
  repository: Repository,
  permissions?: Permissions,
): Promise<Octokit> {
  const installation = world.installationOf(repository)
  const { data } = await appClient(world).rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    repository_ids: [repository.id],
    ...(permissions === undefined ? {} : { permissions }),
  })
  return new Octokit({ baseUrl: world.apiUrl, log: QUIET, auth: data.token })
}

/** `owner` and `repo`, as every repository call of octokit takes them. */
export function at(repository: Repository): { owner: string; repo: string } {
  return { owner: repository.owner.login, repo: repository.name }
}

/** Status and body of a refused call; fails when the call was not refused. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number; message: string; errors: unknown; headers: Record<string, unknown> }> {
  try {
    await call
  } catch (cause) {
    const error = cause as {
      status: number
      response?: {
        data?: { message?: string; errors?: unknown }
        headers?: Record<string, unknown>
      }
    }
    return {
      status: error.status,
      message: error.response?.data?.message ?? String(cause),
      errors: error.response?.data?.errors,
      headers: error.response?.headers ?? {},
    }
  }
  throw new Error('The call was expected to be refused')
}

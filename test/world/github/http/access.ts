import type { Caller } from '../journal.ts'
import { GitHubError, notFound, type Route } from '../rest/call.ts'
import type { Permissions, Repository, State, Token } from '../state.ts'
import { covers, jwtComplaint, reaches } from '../tokens.ts'

function credential(headers: Record<string, string>): string | null {
  const match = /^(?:bearer|token) (.+)$/i.exec(headers['authorization'] ?? '')
  return match?.[1] ?? null
}

export type Identity = { kind: 'app' } | { kind: 'nobody' } | { kind: 'token'; token: Token }

/** Who sends a request; throws the 401 that GitHub would send. */
export function identify(state: State, headers: Record<string, string>): Identity {
  const given = credential(headers)
  if (given === null) throw new GitHubError(401, 'Requires authentication')
  const token = state.tokens.get(given)
  if (token !== undefined && token.expiresAt > state.now()) return { kind: 'token', token }
  if (given.startsWith('ghs_') || given.split('.').length !== 3)
    throw new GitHubError(401, 'Bad credentials')
  const complaint = jwtComplaint(given, state.app, state.now())
  if (complaint !== null) throw new GitHubError(401, complaint)
  return { kind: 'app' }
}

/** The caller for the journal: it must not throw. */
export function callerOf(state: State, headers: Record<string, string>): Caller {
  try {
    const identity = identify(state, headers)
    if (identity.kind !== 'token') return { kind: identity.kind }
    const { installationId, permissions, repositoryIds } = identity.token
    const ids = repositoryIds === null ? null : [...repositoryIds]
    return { kind: 'installation', installationId, permissions, repositoryIds: ids }
  } catch {
    return { kind: 'nobody' }
  }
}

export const NOT_ACCESSIBLE = 'Resource not accessible by integration'

function acceptedHeader(needs: Permissions[]): string {
  const set = (each: Permissions): string =>
    Object.entries(each)
      .map(([name, level]) => `${name}=${level}`)
      .join(',')
  return needs.map(set).join('; ')
}

export function refuseSuspended(state: State, token: Token): void {
  const installation = state.installations.find((each) => each.id === token.installationId)
  if (installation === undefined) throw new GitHubError(401, 'Bad credentials')
  if (installation.suspendedAt !== null)
    throw new GitHubError(403, 'This installation has been suspended')
}

export function refuseByAccess(
  state: State,
  route: Route,
  identity: Identity,
  repository: Repository | undefined,
): void {
  if (route.access === 'anybody') return
  if (identity.kind === 'nobody') throw new GitHubError(401, 'Requires authentication')
  if (route.access === 'app') {
    if (identity.kind !== 'app') {
      throw new GitHubError(401, 'A JSON web token could not be decoded')
    }
    return
  }
  if (identity.kind === 'app') throw new GitHubError(403, NOT_ACCESSIBLE)
  refuseSuspended(state, identity.token)
  if (route.access === 'token') return
  if (repository !== undefined && !reaches(state, identity.token, repository)) {
    throw repository.isPrivate ? notFound() : new GitHubError(403, NOT_ACCESSIBLE)
  }
  const needs = route.access
  const headers = { 'x-accepted-github-permissions': acceptedHeader(needs) }
  if (!needs.some((each) => covers(identity.token.permissions, each))) {
    throw new GitHubError(403, NOT_ACCESSIBLE, { headers })
  }
  const isWrite = !route.operation.startsWith('GET')
  if (isWrite && repository?.isArchived === true) {
    throw new GitHubError(403, 'Repository was archived so is read-only.')
  }
}

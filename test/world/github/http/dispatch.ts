import type { Faults } from '../faults.ts'
import { type GraphqlRequest, graphqlReply } from '../graphql/endpoint.ts'
import type { Journal } from '../journal.ts'
import { type Call, GitHubError, notFound, type Reply, type Route } from '../rest/call.ts'
import { formerRepository, type Repository, repositoryNamed, type State } from '../state.ts'
import { gitHubValidator } from '../validate.ts'
import type { Webhooks } from '../webhooks.ts'
import {
  type Identity,
  identify,
  NOT_ACCESSIBLE,
  refuseByAccess,
  refuseSuspended,
} from './access.ts'
import type { Answer } from './answers.ts'
import { refuseTooMuchContent } from './content-limit.ts'
import { type Incoming, UNREADABLE } from './request.ts'

/** What the HTTP side of the world works with. */
export type ServerParts = {
  state: State
  webhooks: Webhooks
  journal: Journal
  faults: Faults
  /** What every answer waits before it is worked on. */
  latencyMs: number
}

export type Matched = { route: Route; params: Record<string, string> }

function refuseInvalid(parts: ServerParts, matched: Matched, incoming: Incoming): void {
  const { state } = parts
  const { operation } = matched.route
  if (incoming.body === UNREADABLE) throw new GitHubError(400, 'Problems parsing JSON')
  const described = {
    route: operation,
    params: matched.params,
    query: incoming.query,
    body: incoming.body,
  }
  const validator = gitHubValidator()
  for (const field of validator.unknownFields(described)) {
    state.violations.push({ kind: 'unknown-field', route: operation, detail: field })
  }
  const complaints = validator.request(described)
  if (complaints.length === 0) return
  state.violations.push({ kind: 'request', route: operation, detail: complaints.join('; ') })
  throw new GitHubError(422, `Invalid request.\n\n${complaints.join('\n')}`)
}

/** A renamed repository is found again by its id: 301 for reads, 307 for writes, which keeps the method. */
function movedOrMissing(state: State, { params }: Matched, incoming: Incoming): GitHubError {
  const { owner = '', repo = '' } = params
  const moved = formerRepository(state, owner, repo)
  if (moved === undefined) return notFound()
  const rest = incoming.path.split('/').slice(4).join('/')
  const query = new URLSearchParams(incoming.query)
  const below = rest === '' ? '' : `/${rest}`
  const location = `${state.addresses.api}/repositories/${moved.id}${below}${query.size === 0 ? '' : `?${query}`}`
  const isRead = incoming.method === 'GET'
  return new GitHubError(isRead ? 301 : 307, isRead ? 'Moved Permanently' : 'Temporary Redirect', {
    fields: { url: location },
    headers: { location },
  })
}

/** Media types that change the shape of an answer; the world speaks plain JSON only. */
const OTHER_SHAPES =
  /application\/vnd\.github\.[^,;]*\b(raw|html|text|full|diff|patch|sha|object)\b/

function refuseOtherShapes(state: State, operation: string, accept: string): void {
  const match = OTHER_SHAPES.exec(accept)
  if (match === null) return
  state.violations.push({ kind: 'unserved', route: operation, detail: `media type ${match[0]}` })
  throw new GitHubError(415, `The world does not serve the media type ${match[0]}`)
}

/** Runs one REST request through authentication, permission, validation and its route. */
async function handleRest(
  parts: ServerParts,
  matched: Matched,
  incoming: Incoming,
): Promise<Answer> {
  const { state, webhooks } = parts
  const { route, params } = matched
  const identity: Identity =
    route.access === 'anybody' ? { kind: 'nobody' } : identify(state, incoming.headers)
  const isInRepository = params['owner'] !== undefined
  const repository = repositoryNamed(state, params['owner'] ?? '', params['repo'] ?? '')
  if (isInRepository && repository === undefined) throw movedOrMissing(state, matched, incoming)
  refuseByAccess(state, route, identity, repository)
  refuseOtherShapes(state, route.operation, incoming.headers['accept'] ?? '')
  refuseInvalid(parts, matched, incoming)
  if (identity.kind === 'token' && incoming.method !== 'GET') {
    refuseTooMuchContent(state, identity.token.installationId)
  }
  const call: Call = {
    state,
    webhooks,
    params,
    query: incoming.query,
    body: incoming.body,
    headers: incoming.headers,
    token: identity.kind === 'token' ? identity.token : null,
    actor: state.app.bot,
    // Routes outside of repositories never read it.
    repository: repository as Repository,
    url: incoming.url,
  }
  const reply: Reply = await route.handle(call)
  for (const problem of gitHubValidator().response(
    route.operation,
    reply.status,
    reply.body ?? null,
  )) {
    state.violations.push({ kind: 'response', route: route.operation, detail: problem })
  }
  return { headers: {}, body: undefined, ...reply }
}

async function handleGraphql(parts: ServerParts, incoming: Incoming): Promise<Answer> {
  const { state } = parts
  const identity = identify(state, incoming.headers)
  if (identity.kind !== 'token') throw new GitHubError(403, NOT_ACCESSIBLE)
  refuseSuspended(state, identity.token)
  if (incoming.body === UNREADABLE) throw new GitHubError(400, 'Problems parsing JSON')
  // graphql-js checks the query itself; here only the envelope matters.
  const request = (incoming.body ?? {}) as GraphqlRequest
  if (/^\s*mutation\b/.test(request.query ?? '')) {
    refuseTooMuchContent(state, identity.token.installationId)
  }
  return { status: 200, headers: {}, body: await graphqlReply(state, identity.token, request) }
}

function refuseWithoutUserAgent(parts: ServerParts, incoming: Incoming): void {
  if ((incoming.headers['user-agent'] ?? '') !== '') return
  const route = `${incoming.method} ${incoming.path}`
  parts.state.violations.push({ kind: 'user-agent', route, detail: 'request without User-Agent' })
  throw new GitHubError(
    403,
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
  )
}

export async function route(
  parts: ServerParts,
  matched: Matched | null,
  incoming: Incoming,
): Promise<Answer> {
  try {
    refuseWithoutUserAgent(parts, incoming)
    if (incoming.path === '/graphql') return await handleGraphql(parts, incoming)
    if (matched !== null) return await handleRest(parts, matched, incoming)
    const name = `${incoming.method} ${incoming.path}`
    parts.state.violations.push({
      kind: 'unserved',
      route: name,
      detail: 'the world does not serve this route',
    })
    throw new GitHubError(501, `The world does not serve ${name}`)
  } catch (cause) {
    if (!(cause instanceof GitHubError)) throw cause
    return { status: cause.status, headers: cause.headers, body: cause.body }
  }
}

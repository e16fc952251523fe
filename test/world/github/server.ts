import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Fault, Faults } from './faults.ts'
import { describeGraphql, type GraphqlRequest, graphqlReply } from './graphql/endpoint.ts'
import type { Caller, Journal, JournalEntry } from './journal.ts'
import { type Call, GitHubError, notFound, type Reply, type Route } from './rest/call.ts'
import { matchRoute } from './rest/routes.ts'
import {
  fullName,
  type Permissions,
  type Repository,
  repositoryNamed,
  type State,
  type Token,
} from './state.ts'
import { covers, jwtComplaint, reaches } from './tokens.ts'
import { gitHubValidator } from './validate.ts'
import type { Webhooks } from './webhooks.ts'

/** What the HTTP side of the world works with. */
export type ServerParts = { state: State; webhooks: Webhooks; journal: Journal; faults: Faults }

/** An answer ready to be sent; `body` undefined is an empty body, a string goes out as it is. */
type Answer = { status: number; headers: Record<string, string>; body: unknown; created?: object }

type Incoming = {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
  url: string
}

/** Reads a request; a body that is not JSON becomes a GitHub error. */
async function readRequest(request: IncomingMessage, state: State): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const url = new URL(request.url ?? '/', state.addresses.html)
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, '').replace(/^\/api\/graphql$/, '/graphql')
  const headers = Object.entries(request.headers).map(([key, value]) => [key, String(value ?? '')])
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? 'GET',
    path,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: text === '' ? undefined : parseJson(text),
    url: `${url.origin}${url.pathname}`,
  }
}

/** Stands for a body that was no JSON. */
const UNREADABLE = Symbol('unreadable body')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return UNREADABLE
  }
}

function credential(headers: Record<string, string>): string | null {
  const match = /^(?:bearer|token) (.+)$/i.exec(headers['authorization'] ?? '')
  return match?.[1] ?? null
}

type Identity = { kind: 'app' } | { kind: 'token'; token: Token }

/** Who sends a request; throws the 401 that GitHub would send. */
function identify(state: State, headers: Record<string, string>): Identity {
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
function callerOf(state: State, headers: Record<string, string>): Caller {
  try {
    const identity = identify(state, headers)
    if (identity.kind === 'app') return { kind: 'app' }
    const { installationId, permissions, repositoryIds } = identity.token
    const ids = repositoryIds === null ? null : [...repositoryIds]
    return { kind: 'installation', installationId, permissions, repositoryIds: ids }
  } catch {
    return { kind: 'nobody' }
  }
}

const NOT_ACCESSIBLE = 'Resource not accessible by integration'

function acceptedHeader(needs: Permissions[]): string {
  const set = (each: Permissions): string =>
    Object.entries(each)
      .map(([name, level]) => `${name}=${level}`)
      .join(',')
  return needs.map(set).join('; ')
}

function refuseSuspended(state: State, token: Token): void {
  const installation = state.installations.find((each) => each.id === token.installationId)
  if (installation === undefined) throw new GitHubError(401, 'Bad credentials')
  if (installation.suspendedAt !== null)
    throw new GitHubError(403, 'This installation has been suspended')
}

function refuseByAccess(
  state: State,
  route: Route,
  identity: Identity,
  repository: Repository | undefined,
): void {
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

type Matched = { route: Route; params: Record<string, string> }

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

/** Runs one REST request through authentication, permission, validation and its route. */
async function handleRest(
  parts: ServerParts,
  matched: Matched,
  incoming: Incoming,
): Promise<Answer> {
  const { state, webhooks } = parts
  const { route, params } = matched
  const identity = identify(state, incoming.headers)
  const isInRepository = params['owner'] !== undefined
  const repository = repositoryNamed(state, params['owner'] ?? '', params['repo'] ?? '')
  if (isInRepository && repository === undefined) throw notFound()
  refuseByAccess(state, route, identity, repository)
  refuseInvalid(parts, matched, incoming)
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
  if (identity.kind === 'app') throw new GitHubError(403, NOT_ACCESSIBLE)
  refuseSuspended(state, identity.token)
  if (incoming.body === UNREADABLE) throw new GitHubError(400, 'Problems parsing JSON')
  // graphql-js checks the query itself; here only the envelope matters.
  const request = (incoming.body ?? {}) as GraphqlRequest
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

async function route(
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

/** Answers of faults that replace the real one before anything happened. */
function faultAnswer(fault: Fault, now: number): Answer | null {
  const json = (status: number, message: string, headers: Record<string, string> = {}): Answer => ({
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  })
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status,
        headers: fault.headers ?? {},
        body: fault.body ?? { message: `Injected ${fault.status}` },
      }
    case 'html200':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Proxy</title>',
      }
    case 'redirect':
      return json(fault.status, 'Moved', { location: fault.location })
    case 'primary-limit':
      return json(403, 'API rate limit exceeded for installation ID 1.', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(now / 1000) + fault.resetInSeconds),
      })
    case 'secondary-limit':
      return json(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) },
      )
    case 'unauthorized':
      return json(401, 'Bad credentials')
    default:
      return null
  }
}

const LIMIT = 5000

function commonHeaders(state: State, entry: JournalEntry): Record<string, string> {
  const used = Math.min(LIMIT, entry.number)
  return {
    date: new Date(state.now()).toUTCString(),
    'x-github-request-id': `W0RLD:${entry.number.toString(16)}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': String(LIMIT),
    'x-ratelimit-remaining': String(LIMIT - used),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.floor(state.now() / 1000) + 3600),
    'x-ratelimit-resource': entry.route === 'POST /graphql' ? 'graphql' : 'core',
  }
}

function send(
  response: ServerResponse,
  state: State,
  entry: JournalEntry,
  incoming: Incoming,
  answer: Answer,
): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '')
  const payload = answer.body === undefined ? '' : text
  const etag = `W/"${createHash('sha256').update(payload).digest('hex')}"`
  const isRead = incoming.method === 'GET' && answer.status === 200
  const isKnown = isRead && incoming.headers['if-none-match'] === etag
  const status = isKnown ? 304 : answer.status
  entry.status = status
  entry.answer = answer.body
  if (response.destroyed) return
  response.writeHead(status, {
    ...commonHeaders(state, entry),
    ...(payload === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(isRead ? { etag } : {}),
    ...answer.headers,
  })
  response.end(isKnown || status === 204 ? undefined : payload)
}

/** What comes after the request took effect: returns whether an answer may still be sent. */
async function playAfter(
  fault: Fault | null,
  answer: Answer,
  state: State,
  response: ServerResponse,
): Promise<Answer | null> {
  switch (fault?.kind) {
    case 'persist-then-reset':
      response.destroy()
      return null
    case 'persist-then-hang':
      return null
    case 'persist-then-502':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><h1>502 Bad Gateway</h1></html>',
      }
    case 'hide':
      if (answer.created !== undefined) state.hidden.set(answer.created, fault.lists)
      return answer
    case 'meanwhile':
      await fault.run()
      return answer
    default:
      return answer
  }
}

function newEntry(parts: ServerParts, matched: Matched | null, incoming: Incoming): JournalEntry {
  const { state, journal } = parts
  const isGraphql = incoming.path === '/graphql'
  const entry: JournalEntry = {
    number: journal.entries.length + 1,
    at: state.now(),
    method: incoming.method,
    route: isGraphql ? 'POST /graphql' : (matched?.route.operation ?? null),
    graphql: isGraphql ? describeGraphql(incoming.body) : null,
    path: incoming.path,
    query: incoming.query,
    caller: callerOf(state, incoming.headers),
    userAgent: incoming.headers['user-agent'] ?? '',
    body: incoming.body === UNREADABLE ? null : incoming.body,
    status: 0,
    answer: undefined,
    fault: null,
  }
  journal.entries.push(entry)
  return entry
}

async function respond(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state, faults } = parts
  const incoming = await readRequest(request, state)
  const matched = matchRoute(incoming.method, incoming.path)
  const entry = newEntry(parts, matched, incoming)
  const names = [entry.route, entry.graphql].filter((each) => each !== null)
  const fault = faults.take(names)
  entry.fault = fault?.kind ?? null
  if (fault?.kind === 'reset-before') return void response.destroy()
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'slow') await new Promise((done) => setTimeout(done, fault.ms))
  const early = fault === null ? null : faultAnswer(fault, state.now())
  if (early !== null) return send(response, state, entry, incoming, early)
  const answer = await route(parts, matched, incoming)
  const left = await playAfter(fault, answer, state, response)
  if (left !== null) send(response, state, entry, incoming, left)
}

/** A request for an archive at the second address. */
export type ArchiveRequest = { path: string; hadAuthorization: boolean }

async function respondArchive(
  state: State,
  requests: ArchiveRequest[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? ''
  requests.push({ path, hadAuthorization: request.headers.authorization !== undefined })
  const [, owner = '', name = '', , commit = ''] = path.split('/')
  const repository = repositoryNamed(state, owner, name)
  if (repository === undefined || (await repository.git.resolve(commit)) === null) {
    response.writeHead(404).end('404: Not Found')
    return
  }
  const prefix = `${fullName(repository).replace('/', '-')}-${commit.slice(0, 7)}`
  const bytes = await repository.git.archive(commit, prefix)
  response.writeHead(200, {
    'content-type': 'application/x-gzip',
    'content-disposition': `attachment; filename=${prefix}.tar.gz`,
  })
  response.end(bytes)
}

function crash(parts: { state: State }, response: ServerResponse, cause: unknown): void {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  parts.state.violations.push({ kind: 'response', route: 'the world itself', detail })
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ message: 'Server Error', detail }))
}

export function createApiServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    respond(parts, request, response).catch((cause: unknown) => crash(parts, response, cause))
  })
}

export function createArchiveServer(state: State, requests: ArchiveRequest[]): Server {
  return createServer((request, response) => {
    respondArchive(state, requests, request, response).catch((cause: unknown) =>
      crash({ state }, response, cause),
    )
  })
}

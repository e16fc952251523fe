import { type Installation, installationOf, iso, type Permissions, type State } from '../state.ts'
import { covers, mintToken, reaches } from '../tokens.ts'
import { type Delivery, deliveryView } from '../webhooks.ts'
import {
  bodyOf,
  type Call,
  GitHubError,
  notFound,
  numberParam,
  page,
  pageReply,
  type Reply,
  type Route,
} from './call.ts'
import { convertManifest } from './manifest-conversion.ts'
import { appView, installationView, repositoryView, userView } from './views.ts'

/** Deliveries can be seen and repeated for three days on github.com. */
const RETENTION_MS = 3 * 24 * 3_600_000

function installationOfPath(call: Call): Installation {
  const id = numberParam(call, 'installation_id')
  const found = call.state.installations.find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

type TokenBody = { repositories?: string[]; repository_ids?: number[]; permissions?: Permissions }

const NOT_COVERED =
  'There is at least one repository that does not exist or is not accessible to the parent installation.'
const NOT_GRANTED = 'The permissions requested are not granted to this installation.'

function repositoriesAsked(
  state: State,
  installation: Installation,
  body: TokenBody,
): Set<number> | null {
  if (body.repositories === undefined && body.repository_ids === undefined) return null
  const installed = state.repositories.filter(
    (each) => installationOf(state, each) === installation,
  )
  const byName = (body.repositories ?? []).map(
    (name) => installed.find((each) => each.name.toLowerCase() === name.toLowerCase())?.id,
  )
  const byId = (body.repository_ids ?? []).map((id) => installed.find((each) => each.id === id)?.id)
  const ids = [...byName, ...byId]
  const known = ids.filter((id) => id !== undefined)
  if (known.length !== ids.length) throw new GitHubError(422, NOT_COVERED)
  return new Set(known)
}

function mint(call: Call): Reply {
  const installation = installationOfPath(call)
  if (installation.suspendedAt !== null) {
    throw new GitHubError(403, 'This installation has been suspended')
  }
  const body = bodyOf<TokenBody>(call)
  const held: Permissions = { ...installation.permissions, metadata: 'read' }
  if (body.permissions !== undefined && !covers(held, body.permissions)) {
    throw new GitHubError(422, NOT_GRANTED)
  }
  const repositoryIds = repositoriesAsked(call.state, installation, body)
  const token = mintToken(call.state, {
    installation,
    permissions: body.permissions ?? null,
    repositoryIds,
  })
  const covered = call.state.repositories.filter((each) => repositoryIds?.has(each.id))
  return {
    status: 201,
    body: {
      token: token.value,
      expires_at: iso(token.expiresAt),
      permissions: token.permissions,
      repository_selection: repositoryIds === null ? 'all' : 'selected',
      ...(repositoryIds === null
        ? {}
        : { repositories: covered.map((each) => repositoryView(call.state, each)) }),
    },
  }
}

function keptDeliveries(call: Call): Delivery[] {
  const oldest = call.state.now() - RETENTION_MS
  return call.webhooks.log.filter((each) => each.at >= oldest).toReversed()
}

/** Deliveries come newest first, in pages that a cursor leads through. */
function listDeliveries(call: Call): Reply {
  const size = Math.min(100, Number(call.query['per_page'] ?? 30))
  const all = keptDeliveries(call).filter((each) => {
    if (call.query['status'] === 'failure') return each.statusCode >= 400 && each.statusCode <= 599
    return call.query['status'] === 'success'
      ? each.statusCode >= 200 && each.statusCode < 400
      : true
  })
  const cursor = call.query['cursor']
  const start = cursor === undefined ? 0 : all.findIndex((each) => `v1_${each.id}` === cursor)
  const shown = all.slice(Math.max(0, start), Math.max(0, start) + size)
  const next = all[Math.max(0, start) + size]
  const query = new URLSearchParams({ ...call.query, cursor: `v1_${next?.id}` })
  return {
    status: 200,
    body: shown.map(deliveryView),
    headers: next === undefined ? {} : { link: `<${call.url}?${query}>; rel="next"` },
  }
}

function deliveryOfPath(call: Call): Delivery {
  const found = keptDeliveries(call).find((each) => each.id === numberParam(call, 'delivery_id'))
  if (found === undefined) throw notFound()
  return found
}

function showDelivery(call: Call): Reply {
  const delivery = deliveryOfPath(call)
  return {
    status: 200,
    body: {
      ...deliveryView(delivery),
      url: '',
      request: { headers: { 'X-GitHub-Delivery': delivery.guid }, payload: delivery.payload },
      response: {
        headers: delivery.response?.headers ?? null,
        payload: delivery.response?.body ?? null,
      },
    },
  }
}

function redeliver(call: Call): Reply {
  call.webhooks.redeliver(deliveryOfPath(call))
  return { status: 202, body: {} }
}

function listRepositories(call: Call): Reply {
  const { state, token } = call
  const reached = state.repositories.filter((each) => token !== null && reaches(state, token, each))
  const { items, headers } = page(call, reached)
  return {
    status: 200,
    headers,
    body: {
      total_count: reached.length,
      repository_selection: token?.repositoryIds === null ? 'all' : 'selected',
      repositories: items.map((each) => repositoryView(state, each)),
    },
  }
}

function showUser(call: Call): Reply {
  const { state } = call
  const user = state.users.get((call.params['username'] ?? '').toLowerCase())
  if (user === undefined) throw notFound()
  const empty = {
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
  }
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 }
  const since = iso(state.app.createdAt)
  return {
    status: 200,
    body: { ...userView(state, user), ...empty, ...counts, created_at: since, updated_at: since },
  }
}

function rateLimit(call: Call): Reply {
  const reset = Math.floor(call.state.now() / 1000) + 3600
  const full = { limit: 5000, remaining: 5000, used: 0, reset }
  return {
    status: 200,
    body: { resources: { core: full, search: full, graphql: full }, rate: full },
  }
}

export const appRoutes: Route[] = [
  {
    operation: 'GET /app',
    access: 'app',
    handle: (call) => ({
      status: 200,
      body: {
        ...appView(call.state, call.state.app),
        installations_count: call.state.installations.length,
      },
    }),
  },
  {
    operation: 'POST /app-manifests/{code}/conversions',
    access: 'anybody',
    handle: (call) => convertManifest(call),
  },
  {
    operation: 'GET /app/installations',
    access: 'app',
    handle: (call) =>
      pageReply(call, call.state.installations, (each) => installationView(call.state, each)),
  },
  {
    operation: 'GET /app/installations/{installation_id}',
    access: 'app',
    handle: (call) => ({
      status: 200,
      body: installationView(call.state, installationOfPath(call)),
    }),
  },
  {
    operation: 'POST /app/installations/{installation_id}/access_tokens',
    access: 'app',
    handle: mint,
  },
  { operation: 'GET /app/hook/deliveries', access: 'app', handle: listDeliveries },
  { operation: 'GET /app/hook/deliveries/{delivery_id}', access: 'app', handle: showDelivery },
  {
    operation: 'POST /app/hook/deliveries/{delivery_id}/attempts',
    access: 'app',
    handle: redeliver,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/installation',
    access: 'app',
    handle: (call) => {
      const installation = installationOf(call.state, call.repository)
      if (installation === null) throw notFound()
      return { status: 200, body: installationView(call.state, installation) }
    },
  },
  { operation: 'GET /installation/repositories', access: 'token', handle: listRepositories },
  {
    operation: 'DELETE /installation/token',
    access: 'token',
    handle: (call) => {
      if (call.token !== null) call.state.tokens.delete(call.token.value)
      return { status: 204 }
    },
  },
  { operation: 'GET /users/{username}', access: 'token', handle: showUser },
  { operation: 'GET /rate_limit', access: 'token', handle: rateLimit },
]

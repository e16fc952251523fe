import type { ServedRoute } from '../served-operations.ts'
import type { Permissions, Repository, State, Token, User } from '../state.ts'
import type { Webhooks } from '../webhooks.ts'

/** One request on its way to a route: authenticated, allowed and valid. */
export type Call = {
  state: State
  webhooks: Webhooks
  params: Record<string, string>
  query: Record<string, string>
  body: unknown
  headers: Record<string, string>
  /** Null when the app itself asks with its JWT. */
  token: Token | null
  /** The account that acts: the app's bot. */
  actor: User
  /** The repository of the path; routes without one must not read it. */
  repository: Repository
  /** Address of the request without its query, for Link headers. */
  url: string
}

export type Reply = {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** The object that this request made: what the fault `hide` leaves out of lists. */
  created?: object
}

/** Who may call: anybody, the app by its JWT, any token, or a token with one of these permission sets. */
type Access = 'anybody' | 'app' | 'token' | Permissions[]

export type Route = {
  operation: ServedRoute
  access: Access
  handle: (call: Call) => Promise<Reply> | Reply
}

/** An answer that is an error, in GitHub's envelope. */
export class GitHubError extends Error {
  override name = 'GitHubError'
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    message: string,
    extra: { fields?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.body = {
      message,
      ...extra.fields,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    }
    this.headers = extra.headers ?? {}
  }
}

export function notFound(): GitHubError {
  return new GitHubError(404, 'Not Found')
}

/** 422 with complaints as objects: what most endpoints send. */
export function validationFailed(errors: Record<string, unknown>[]): GitHubError {
  return new GitHubError(422, 'Validation Failed', { fields: { errors } })
}

/** 422 with complaints as strings: what the reviews endpoint sends. */
export function unprocessable(errors: string[]): GitHubError {
  return new GitHubError(422, 'Unprocessable Entity', { fields: { errors } })
}

/** The fields of a body. The official description has checked them before any route runs, hence the cast. */
export function bodyOf<T>(call: Call): T {
  return (call.body ?? {}) as T
}

/** A number of the path. */
export function numberParam(call: Call, name: string): number {
  return Number(call.params[name])
}

const MAX_PER_PAGE = 100
const DEFAULT_PER_PAGE = 30

export type Page<T> = { items: T[]; headers: Record<string, string> }

/** One page of a list, with the Link header that leads to the others. */
export function page<T>(call: Call, items: T[]): Page<T> {
  const asked = Number(call.query['per_page'] ?? DEFAULT_PER_PAGE)
  const size = Math.min(MAX_PER_PAGE, Math.max(1, asked))
  const number = Math.max(1, Number(call.query['page'] ?? 1))
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams({ ...call.query, page: String(to) })
    return `<${call.url}?${query}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
  ]
  return {
    items: items.slice((number - 1) * size, number * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  }
}

/** A page as a whole answer. */
export async function pageReply<T>(
  call: Call,
  items: T[],
  view: (item: T) => unknown | Promise<unknown>,
): Promise<Reply> {
  const { items: shown, headers } = page(call, items)
  return { status: 200, body: await Promise.all(shown.map(view)), headers }
}

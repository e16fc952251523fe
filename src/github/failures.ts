import { GraphqlResponseError } from '@octokit/graphql'
import { RequestError } from '@octokit/request-error'
import { Problem } from '#core/problem'

/** Whether a call only read: then a lost answer may simply be asked for again. */
export type CallKind = 'read' | 'write'

const GONE = new Set([404, 410, 451])
/** What GitHub asks for at least where it names no time. */
const MINUTE_MS = 60_000
/** The hourly limit cannot take longer; a clock that is wrong must not put a job off for a day. */
const LONGEST_WAIT_MS = 61 * MINUTE_MS

/**
 * What GitHub's answer means to us. A write whose answer was lost is `github.ambiguous`: it may
 * have happened (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function problemOf(failure: unknown, kind: CallKind, now: number): Problem {
  if (failure instanceof Problem) return failure
  if (failure instanceof GraphqlResponseError) return graphqlProblem(failure, kind, now)
  if (!(failure instanceof RequestError)) return lost(kind, 'no answer', failure)
  const { status } = failure
  const wait = waitOf(failure, now)
  if (wait !== null) {
    return limited(`GitHub asked to wait (${status})`, failure, wait)
  }
  if (status === 403 && /installation has been suspended/i.test(failure.message))
    return new Problem('github.suspended', 'gone', 'the app was suspended here', { cause: failure })
  if (status === 401)
    return new Problem('github.unauthorized', 'retry', 'GitHub refused the token', {
      cause: failure,
    })
  if (status === 403)
    return new Problem('github.forbidden', 'told', forbiddenWords(failure), { cause: failure })
  if (GONE.has(status))
    return new Problem('github.gone', 'gone', `GitHub answered ${status}`, { cause: failure })
  if (status >= 500 || status < 400) {
    // A lost connection comes as a 500 that GitHub never sent.
    const answered = failure.response !== undefined
    return lost(kind, answered ? `GitHub answered ${status}` : 'GitHub did not answer', failure)
  }
  return new Problem('github.refused', 'told', `GitHub refused (${status}): ${detailOf(failure)}`, {
    cause: failure,
  })
}

/** GraphQL says what went wrong in the body of a 200. The names are GitHub's error types. */
function graphqlProblem(
  failure: GraphqlResponseError<unknown>,
  kind: CallKind,
  now: number,
): Problem {
  const [first] = failure.errors ?? []
  const say = first?.message ?? failure.message
  // An internal failure has no type: https://github.com/orgs/community/discussions/24631
  if (/something went wrong while executing|timed? ?out/i.test(say)) return lost(kind, say, failure)
  if (/rate limit/i.test(say)) return limited(say, failure, limitWait(failure.headers, now))
  switch (first?.type) {
    case 'NOT_FOUND':
      return new Problem('github.gone', 'gone', say, { cause: failure })
    case 'FORBIDDEN':
      return new Problem('github.forbidden', 'told', say, { cause: failure })
    case 'RATE_LIMIT':
    case 'RATE_LIMITED':
      return limited(say, failure, limitWait(failure.headers, now))
    case 'INTERNAL':
    case 'SERVICE_UNAVAILABLE':
      return lost(kind, say, failure)
    case 'STALE_DATA':
      return new Problem('github.stale', 'retry', say, { cause: failure })
    default:
      return new Problem('github.refused', 'told', say, { cause: failure })
  }
}

function limited(say: string, cause: unknown, retryAfterMs: number): Problem {
  return new Problem('github.rate-limited', 'retry', say, { cause, retryAfterMs })
}

function lost(kind: CallKind, what: string, cause: unknown): Problem {
  return kind === 'write'
    ? new Problem('github.ambiguous', 'retry', `${what}; the write may have happened`, { cause })
    : new Problem('github.unreachable', 'retry', what, { cause })
}

/**
 * The two envelopes of a 422: strings from the reviews endpoint, objects from the others, joined
 * into one line.
 */
function detailOf(failure: RequestError): string {
  const data: unknown = failure.response?.data
  if (
    typeof data !== 'object' ||
    data === null ||
    !('errors' in data) ||
    !Array.isArray(data.errors)
  ) {
    return failure.message
  }
  const words = data.errors.map((error: unknown) => {
    if (typeof error === 'string') return error
    return typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : ''
  })
  const said = words.filter((word) => word !== '').join('; ')
  return said === '' ? failure.message : said
}

/**
 * Milliseconds to wait when an answer is about a limit, null otherwise. A secondary limit without
 * `retry-after` asks for at least a minute
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
function waitOf(failure: RequestError, now: number): number | null {
  const { status } = failure
  if (status !== 403 && status !== 429 && status !== 422) return null
  const headers = failure.response?.headers ?? {}
  const tooQuick = /submitted too quickly|has been spammed/i.test(detailOf(failure))
  if (status === 422) return tooQuick ? MINUTE_MS : null
  const isLimit =
    status === 429 ||
    Number(headers['retry-after']) > 0 ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit|abuse/i.test(failure.message)
  return isLimit ? limitWait(headers, now) : null
}

/** How long the headers ask to wait; a minute where they do not say, or say nonsense. */
function limitWait(headers: Readonly<Record<string, unknown>>, now: number): number {
  const after = Number(headers['retry-after']) * 1_000
  if (after > 0) return Math.min(after, LONGEST_WAIT_MS)
  const reset = Number(headers['x-ratelimit-reset']) * 1_000
  const used = String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)
  return used ? Math.min(Math.max(1_000, reset - now), LONGEST_WAIT_MS) : MINUTE_MS
}

function forbiddenWords(failure: RequestError): string {
  const needed = failure.response?.headers['x-accepted-github-permissions']
  const hint = needed === undefined ? '' : `; it needs the permission ${String(needed)}`
  return `GitHub refused (403): ${failure.message}${hint}`
}

import { GraphqlResponseError } from '@octokit/graphql'
import { RequestError } from '@octokit/request-error'
import { Problem } from '#core/problem'

/** Whether a call only read: then a lost answer may simply be asked for again. */
export type CallKind = 'read' | 'write'

const GONE = new Set([404, 410, 451])

/**
 * What GitHub's answer means to us. A write whose answer was lost is `github.ambiguous`: it may
 * have happened (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function problemOf(failure: unknown, kind: CallKind, now: number): Problem {
  if (failure instanceof Problem) return failure
  if (failure instanceof GraphqlResponseError) return graphqlProblem(failure)
  if (!(failure instanceof RequestError)) return lost(kind, 'no answer', failure)
  const { status } = failure
  const wait = waitOf(failure, now)
  if (wait !== null) {
    return new Problem('github.rate-limited', 'retry', `GitHub asked to wait (${status})`, {
      cause: failure,
      retryAfterMs: wait,
    })
  }
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
function graphqlProblem(failure: GraphqlResponseError<unknown>): Problem {
  const [error] = failure.errors ?? []
  const say = error?.message ?? failure.message
  switch (error?.type) {
    case 'NOT_FOUND':
      return new Problem('github.gone', 'gone', say, { cause: failure })
    case 'FORBIDDEN':
      return new Problem('github.forbidden', 'told', say, { cause: failure })
    case 'RATE_LIMITED':
      return new Problem('github.rate-limited', 'retry', say, {
        cause: failure,
        retryAfterMs: 60_000,
      })
    case 'STALE_DATA':
      return new Problem('github.stale', 'retry', say, { cause: failure })
    default:
      return new Problem('github.refused', 'told', say, { cause: failure })
  }
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
export function detailOf(failure: RequestError): string {
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
  if (failure.status !== 403 && failure.status !== 429 && failure.status !== 422) return null
  const headers = failure.response?.headers ?? {}
  const tooQuick = /submitted too quickly|has been spammed/i.test(detailOf(failure))
  if (failure.status === 422) return tooQuick ? 60_000 : null
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after) && after > 0) return after * 1_000
  if (String(headers['x-ratelimit-remaining']) === '0') {
    return Math.max(1_000, Number(headers['x-ratelimit-reset']) * 1_000 - now)
  }
  const secondary = /secondary rate limit|abuse/i.test(failure.message)
  return failure.status === 429 || secondary ? 60_000 : null
}

function forbiddenWords(failure: RequestError): string {
  const needed = failure.response?.headers['x-accepted-github-permissions']
  const hint = needed === undefined ? '' : `; it needs the permission ${String(needed)}`
  return `GitHub refused (403): ${failure.message}${hint}`
}

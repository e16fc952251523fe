import { RequestError } from '@octokit/request-error'
import { Octokit } from '@octokit/rest'
import { Problem } from '#core/problem'
import { type CallKind, problemOf } from '#github/failures'

/** The REST version that everything here was written for. */
const API_VERSION = '2022-11-28'
const TIMEOUT_MS = 20_000
const READ_ATTEMPTS = 4
const FIRST_PAUSE_MS = 250

/**
 * How to reach one GitHub: `https://api.github.com`, `https://api.SUB.ghe.com`, or
 * `https://HOST/api/v3` of a server. GraphQL is below the first two, and beside the third.
 */
export interface GitHubHost {
  readonly apiUrl: string
  readonly webUrl: string
}

/** Gives a token, a fresh one when the last was refused. */
export type TokenSource = (refresh: boolean) => Promise<string>

/** Time and chance, so that tests can hold them still. */
export interface Pace {
  now(): number
  random(): number
  sleep(ms: number): Promise<void>
  /** How long one answer may take, in milliseconds; 20 seconds when not given. */
  readonly timeoutMs?: number
  /** Told of every answer, for whoever counts them. */
  readonly seen?: (answer: GitHubAnswer) => void
}

/** One answer: its status, null when there was none, and what is left of the limit. */
export interface GitHubAnswer {
  readonly status: number | null
  /** From 0 to 1; null where GitHub does not say. */
  readonly left: number | null
  /** When the hour begins anew, in milliseconds since the epoch. */
  readonly resetAt: number | null
  /** GitHub's clock, in milliseconds since the epoch; null without an answer. */
  readonly at: number | null
}

/**
 * One client with one token. `read` repeats lost answers with growing, jittered pauses; `write`
 * never repeats anything. Both have a timeout, and both replace a refused token once.
 */
export interface GitHubClient {
  read<T>(call: (octokit: Octokit) => Promise<T>): Promise<T>
  write<T>(call: (octokit: Octokit) => Promise<T>): Promise<T>
  /** Has the token minted before it is needed. */
  ready(): Promise<void>
}

export function createClient(host: GitHubHost, token: TokenSource, pace: Pace): GitHubClient {
  const once = async <T>(call: (octokit: Octokit) => Promise<T>, kind: CallKind): Promise<T> => {
    const attempt = async (refresh: boolean) =>
      call(octokitFor(host, await token(refresh), kind, pace.timeoutMs, pace.seen))
    try {
      return await attempt(false)
    } catch (failure) {
      const problem = problemOf(failure, kind, pace.now())
      if (problem.code !== 'github.unauthorized') throw problem
    }
    try {
      return await attempt(true)
    } catch (failure) {
      throw problemOf(failure, kind, pace.now())
    }
  }
  return {
    write: (call) => once(call, 'write'),
    async ready() {
      await token(false)
    },
    async read(call) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(call, 'read')
        } catch (failure) {
          const again = failure instanceof Problem && failure.code === 'github.unreachable'
          if (!again || attempt === READ_ATTEMPTS) throw failure
          await pace.sleep(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + pace.random()))
        }
      }
    },
  }
}

/** Octokit warns about deprecations on the console; our own log has the allowed fields only. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} }

/** A bare client: pinned version, timeout, no retries, silent. */
export function octokitFor(
  host: GitHubHost,
  token: string | null,
  kind: CallKind,
  timeoutMs = TIMEOUT_MS,
  seen: Pace['seen'] = undefined,
): Octokit {
  const octokit = new Octokit({
    baseUrl: host.apiUrl,
    ...(token === null ? {} : { auth: token }),
    userAgent: 'integrations-tech-lead',
    log: SILENT,
  })
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = API_VERSION
    const request = { ...options.request, signal: AbortSignal.timeout(timeoutMs) }
    options.request = kind === 'write' ? { ...request, fetch: sendVerbatim } : request
  })
  if (seen !== undefined) tellAnswers(octokit, seen)
  return octokit
}

function tellAnswers(octokit: Octokit, seen: (answer: GitHubAnswer) => void): void {
  octokit.hook.after('request', ({ status, headers }) => seen(answerOf(status, headers)))
  octokit.hook.error('request', (failure) => {
    const answer = failure instanceof RequestError ? failure.response : undefined
    seen(answerOf(answer?.status ?? null, answer?.headers ?? {}))
    throw failure
  })
}

function answerOf(status: number | null, headers: Readonly<Record<string, unknown>>): GitHubAnswer {
  const limit = Number(headers['x-ratelimit-limit'])
  const remaining = Number(headers['x-ratelimit-remaining'])
  const reset = Number(headers['x-ratelimit-reset'])
  return {
    status,
    left: limit > 0 && Number.isFinite(remaining) ? remaining / limit : null,
    resetAt: reset > 0 ? reset * 1000 : null,
    at: momentOf(headers['date']),
  }
}

/** The moment that a `Date` header names, in milliseconds since the epoch; null where it names none. */
export function momentOf(date: unknown): number | null {
  const moment = Date.parse(String(date ?? ''))
  return Number.isNaN(moment) ? null : moment
}

const MOVED = new Set([301, 302, 307, 308])

/**
 * Sends a write, and where GitHub says that the repository has moved, the same write once more to
 * the new place, verbatim as GitHub asks
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects).
 * Left to itself, `fetch` makes a GET of a redirected POST, which answers 200 with somebody else's
 * list. Another host never gets the token.
 */
const sendVerbatim: typeof fetch = async (input, init) => {
  const manual = { ...init, redirect: 'manual' } as const
  const asked = input instanceof Request ? input.url : String(input)
  const first = await fetch(asked, manual)
  const answer = MOVED.has(first.status) ? await fetch(newPlace(asked, first), manual) : first
  if (answer.status < 300 || answer.status >= 400) return answer
  throw new Error(`GitHub redirected a write again (${answer.status})`)
}

function newPlace(asked: string, { headers, status }: Response): string {
  const place = new URL(headers.get('location') ?? asked, asked)
  if (place.origin === new URL(asked).origin && place.href !== asked) return place.href
  throw new Error(`GitHub redirected a write elsewhere (${status})`)
}

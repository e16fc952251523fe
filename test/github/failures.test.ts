import { GraphqlResponseError } from '@octokit/graphql'
import { RequestError } from '@octokit/request-error'
import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem'
import { type CallKind, problemOf } from '#github/failures'

const NOW = 1_700_000_000_000

function refusal(
  status: number,
  data: unknown = { message: 'No' },
  headers: Record<string, string> = {},
): RequestError {
  const url = 'https://api.github.com/x'
  return new RequestError(
    typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : 'No',
    status,
    {
      request: { method: 'POST', url, headers: {} },
      response: { status, url, headers, data },
    },
  )
}

function graphql(
  error: { type?: string; message: string },
  headers: Record<string, string> = {},
): GraphqlResponseError<unknown> {
  return new GraphqlResponseError(
    { method: 'POST', baseUrl: 'x', url: '/graphql', headers: {} } as never,
    headers,
    { data: null, errors: [error] } as never,
  )
}

const seen = (failure: unknown, kind: CallKind = 'read') => {
  const { code, kind: how, retryAfterMs } = problemOf(failure, kind, NOW)
  return [code, how, retryAfterMs]
}

describe('a lost answer', () => {
  test.each([500, 502, 503, 504])('of a read with %i is asked for again', (status) => {
    expect(seen(refusal(status), 'read')).toEqual(['github.unreachable', 'retry', null])
  })
  test.each([500, 502, 503, 504, 301])('of a write with %i is ambiguous', (status) => {
    expect(seen(refusal(status), 'write')).toEqual(['github.ambiguous', 'retry', null])
  })
  test('in an unknown shape is ambiguous after a write', () => {
    expect(seen(new SyntaxError('Unexpected token <'), 'write')[0]).toBe('github.ambiguous')
  })
})

describe('a limit', () => {
  test('of the hour waits until its reset', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 90) }
    expect(seen(refusal(403, undefined, headers))).toEqual(['github.rate-limited', 'retry', 90_000])
    expect(seen(refusal(429, undefined, headers))).toEqual(['github.rate-limited', 'retry', 90_000])
  })
  test('with a reset in the past waits a second', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 - 90) }
    expect(seen(refusal(403, undefined, headers))[2]).toBe(1_000)
  })
  test.each([
    [{ 'x-ratelimit-remaining': '0' }],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }],
  ])('without a readable reset waits a minute, not for ever: %j', (headers) => {
    expect(seen(refusal(403, undefined, headers))[2]).toBe(60_000)
  })
  test('never waits longer than the hour that a limit can last', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' }
    expect(seen(refusal(403, undefined, headers))[2]).toBe(61 * 60_000)
    expect(seen(refusal(403, undefined, { 'retry-after': '999999' }))[2]).toBe(61 * 60_000)
  })
  test('of the secondary kind waits as long as it asks, or a minute', () => {
    const data = { message: 'You have exceeded a secondary rate limit. Please wait.' }
    expect(seen(refusal(403, data, { 'retry-after': '7' }), 'write')).toEqual([
      'github.rate-limited',
      'retry',
      7_000,
    ])
    expect(seen(refusal(403, data), 'write')[2]).toBe(60_000)
    expect(seen(refusal(429), 'write')[2]).toBe(60_000)
  })
  test('can arrive as a 422 about speed, in strings and in objects', () => {
    const strings = { message: 'Unprocessable', errors: ['was submitted too quickly'] }
    const objects = { message: 'Unprocessable', errors: [{ message: 'endpoint has been spammed' }] }
    for (const data of [strings, objects]) {
      expect(seen(refusal(422, data), 'write')).toEqual(['github.rate-limited', 'retry', 60_000])
    }
  })
  test('can arrive within the 200 of GraphQL, and waits until its reset', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 30) }
    for (const type of ['RATE_LIMITED', 'RATE_LIMIT']) {
      expect(seen(graphql({ type, message: 'used up' }, headers))).toEqual([
        'github.rate-limited',
        'retry',
        30_000,
      ])
    }
    expect(seen(graphql({ message: 'You have exceeded a secondary rate limit' }))[2]).toBe(60_000)
  })
})

describe('a refusal', () => {
  test.each([404, 410, 451])('with %i means that the object is gone', (status) => {
    expect(seen(refusal(status), 'write').slice(0, 2)).toEqual(['github.gone', 'gone'])
  })
  test('of a suspended installation is quiet', () => {
    const data = { message: 'This installation has been suspended' }
    expect(seen(refusal(403, data)).slice(0, 2)).toEqual(['github.suspended', 'gone'])
  })
  test('for want of a permission names it', () => {
    const headers = { 'x-accepted-github-permissions': 'checks=write' }
    const problem = problemOf(refusal(403, undefined, headers), 'write', NOW)
    expect([problem.code, problem.kind]).toEqual(['github.forbidden', 'told'])
    expect(problem.message).toContain('checks=write')
  })
  test('with 422 carries the words of both envelopes', () => {
    const strings = refusal(422, { message: 'Bad', errors: ['Line could not be resolved'] })
    expect(problemOf(strings, 'write', NOW).message).toContain('Line could not be resolved')
    const objects = refusal(422, { message: 'Bad', errors: [{ code: 'x', message: 'no anchor' }] })
    expect(problemOf(objects, 'write', NOW).message).toContain('no anchor')
    const unknown = refusal(422, { message: 'Bad', errors: 'what' })
    expect(problemOf(unknown, 'write', NOW).message).toContain('Bad')
  })
  test('that is a problem already stays as it is', () => {
    const problem = new Problem('x.y', 'told', 'z')
    expect(problemOf(problem, 'read', NOW)).toBe(problem)
  })
})

describe('an error within the 200 of GraphQL', () => {
  test.each([
    ['NOT_FOUND', 'github.gone', 'gone'],
    ['FORBIDDEN', 'github.forbidden', 'told'],
    ['STALE_DATA', 'github.stale', 'retry'],
    ['UNPROCESSABLE', 'github.refused', 'told'],
  ])('%s is %s', (type, code, kind) => {
    expect(seen(graphql({ type, message: 'said' }), 'write').slice(0, 2)).toEqual([code, kind])
  })
  test("about GitHub's own failure is a lost answer, not the end of the job", () => {
    const failure = graphql({ message: 'Something went wrong while executing your query.' })
    expect(seen(failure, 'read')[0]).toBe('github.unreachable')
    expect(seen(failure, 'write')[0]).toBe('github.ambiguous')
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { octokitFor } from '#github/client'
import type { Fault } from '../world/github/faults.ts'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { hostOf, ours, pace, problemFrom } from './reach.ts'

const STATE = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
const COMMENT = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'

let world: GitHubWorld
let s: Stage
beforeAll(async () => {
  world = await createGitHubWorld()
  s = await stage(world)
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

const pull = (more: Parameters<typeof ours>[3] = {}) =>
  ours(world, s.repository, s.pull.number, more)
const asked = (route: string) => world.journal.requests(route).length

describe('a read', () => {
  test.each<[string, Fault]>([
    ['a 502', { kind: 'status', status: 502 }],
    ['a cut connection', { kind: 'reset-before' }],
    ['a web page with status 200', { kind: 'html200' }],
    ['an object of another shape', { kind: 'status', status: 200, body: {} }],
    ['truncated JSON', { kind: 'status', status: 200, body: '{"state": "op' }],
    ['a silence', { kind: 'hang' }],
  ])('is asked for again after %s', async (_, fault) => {
    world.fault(STATE, fault, 2)
    const at = pace({ timeoutMs: 700 })
    expect((await pull({ pace: at }).reader.state()).open).toBe(true)
    expect([asked(STATE), at.slept.length]).toEqual([3, 2])
  })

  test('gives up after four answers that did not come, and says so', async () => {
    world.fault(STATE, { kind: 'status', status: 503 }, 99)
    const at = pace()
    expect(await problemFrom(pull({ pace: at }).reader.state())).toMatchObject({
      code: 'github.unreachable',
      kind: 'retry',
    })
    expect(asked(STATE)).toBe(4)
    expect(at.slept).toEqual([500, 1_000, 2_000])
  })

  test('is not repeated into a limit', async () => {
    world.fault(STATE, { kind: 'primary-limit', resetInSeconds: 120 })
    const problem = await problemFrom(pull().reader.state())
    expect(problem).toMatchObject({ code: 'github.rate-limited', kind: 'retry' })
    expect(asked(STATE)).toBe(1)
  })

  test('follows a renamed repository', async () => {
    const t = await stage(world)
    world.rename(t.repository, 'store')
    const old = ours(world, t.repository, t.pull.number, { name: 'shop' })
    expect((await old.reader.state()).open).toBe(true)
    expect((await old.reader.opening()).state.open).toBe(true)
  })
})

describe('a write', () => {
  test.each<[string, Fault, number]>([
    ['a 502 before it took effect', { kind: 'status', status: 502 }, 0],
    ['a 502 after it took effect', { kind: 'persist-then-502' }, 1],
    ['a connection that is cut before', { kind: 'reset-before' }, 0],
    ['a connection that is cut after', { kind: 'persist-then-reset' }, 1],
    ['a silence after it took effect', { kind: 'persist-then-hang' }, 1],
    ['a web page with status 200', { kind: 'html200' }, 0],
    ['a list of somebody else', { kind: 'status', status: 200, body: [{ id: 1 }] }, 0],
  ])('is sent once and is ambiguous after %s', async (_, fault, stored) => {
    const t = await stage(world)
    world.journal.clear()
    world.fault(COMMENT, fault)
    const soon = pace({ timeoutMs: 1_500 })
    const writer = await ours(world, t.repository, t.pull.number, { pace: soon }).writer()
    expect(await problemFrom(writer.createComment('said'))).toMatchObject({
      code: 'github.ambiguous',
      kind: 'retry',
    })
    const { comments } = await world.conversation(t.repository, t.pull)
    expect([asked(COMMENT), comments.length]).toEqual([1, stored])
  })

  test.each<[string, Fault, string]>([
    ['a limit of the hour', { kind: 'primary-limit', resetInSeconds: 9 }, 'github.rate-limited'],
    ['a secondary limit', { kind: 'secondary-limit', retryAfter: null }, 'github.rate-limited'],
    ['a 403', { kind: 'status', status: 403 }, 'github.forbidden'],
    ['a 404', { kind: 'status', status: 404 }, 'github.gone'],
    ['a 451', { kind: 'status', status: 451 }, 'github.gone'],
  ])('is sent once and refused by %s', async (_, fault, code) => {
    world.fault(COMMENT, fault)
    const writer = await pull().writer()
    expect(await problemFrom(writer.createComment('said'))).toMatchObject({ code })
    expect(asked(COMMENT)).toBe(1)
  })

  test('reaches a renamed repository at its new place, with its method and words', async () => {
    const t = await stage(world)
    world.rename(t.repository, 'store')
    const old = ours(world, t.repository, t.pull.number, { name: 'shop' })
    const id = await (await old.writer()).createComment('said once')
    const { comments } = await world.conversation(t.repository, t.pull)
    expect(comments.map((comment) => [comment.id, comment.body])).toEqual([[id, 'said once']])
  })

  test.each([301, 302, 307, 308] as const)('follows a %i verbatim', async (status) => {
    const t = await stage(world)
    const location = `${world.apiUrl}/repositories/${t.repository.id}/issues/${t.pull.number}/comments`
    world.fault(COMMENT, { kind: 'redirect', status, location })
    const writer = await ours(world, t.repository, t.pull.number).writer()
    await writer.createComment('said once').catch(() => undefined)
    const [first, second] = world.journal.entries.filter((entry) =>
      entry.path.endsWith('/comments'),
    )
    expect([first?.method, second?.method]).toEqual(['POST', 'POST'])
    expect(second?.body).toEqual(first?.body)
  })

  test('never takes its token to another host', async () => {
    const other = await createGitHubWorld()
    try {
      world.fault(COMMENT, { kind: 'redirect', status: 307, location: `${other.apiUrl}/anything` })
      const writer = await pull().writer()
      expect(await problemFrom(writer.createComment('said'))).toMatchObject({
        code: 'github.ambiguous',
      })
      expect(other.journal.entries).toEqual([])
    } finally {
      await other.stop()
    }
  })
})

describe('a refused token', () => {
  const MINT = 'POST /app/installations/{installation_id}/access_tokens'
  test('is replaced once, for a read and for a write', async () => {
    const fresh = pull()
    world.fault(STATE, { kind: 'unauthorized' })
    expect((await fresh.reader.state()).open).toBe(true)
    expect([asked(STATE), asked(MINT)]).toEqual([2, 2])
    world.journal.clear()
    world.fault(COMMENT, { kind: 'unauthorized' })
    await (await fresh.writer()).createComment('again')
    expect([asked(COMMENT), asked(MINT)]).toEqual([2, 2])
  })

  test('that is refused again ends the call after two mints', async () => {
    world.fault(STATE, { kind: 'unauthorized' }, 99)
    expect(await problemFrom(pull().reader.state())).toMatchObject({ code: 'github.unauthorized' })
    expect([asked(STATE), asked(MINT)]).toEqual([2, 2])
  })
})

test('every request names the version of the API and who asks', async () => {
  const seen: Headers[] = []
  const octokit = octokitFor(hostOf(world), null, 'read')
  await octokit.request('GET /app', {
    request: {
      fetch: async (_: string, init: RequestInit) => {
        seen.push(new Headers(init.headers))
        return Response.json({})
      },
    },
  })
  expect(seen[0]?.get('x-github-api-version')).toBe('2022-11-28')
  expect(seen[0]?.get('user-agent')).toContain('integrations-tech-lead')
})

test.each([
  ['https://api.github.com', 'https://api.github.com/graphql'],
  ['https://api.octo-corp.ghe.com', 'https://api.octo-corp.ghe.com/graphql'],
  ['https://github.acme.example/api/v3', 'https://github.acme.example/api/graphql'],
])('the GraphQL of %s is at %s', async (apiUrl, graphqlUrl) => {
  const asked: string[] = []
  const octokit = octokitFor({ apiUrl, webUrl: '' }, null, 'read')
  octokit.hook.wrap('request', async (_, options) => {
    asked.push(octokit.request.endpoint(options).url)
    return { status: 200, url: '', headers: {}, data: { data: {} } }
  })
  await octokit.graphql('{ viewer { login } }')
  expect(asked).toEqual([graphqlUrl])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, refusal } from './client.ts'
import type { Fault } from './faults.ts'
import { type Stage, stage } from './stage.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

const REVIEWS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

function review(on: Stage): Promise<unknown> {
  return on.client.rest.pulls.createReview({ ...on.target, event: 'COMMENT', body: 'x' })
}

describe('lost answers', () => {
  test('reset-before: the client sees a broken connection and nothing happened', async () => {
    const on = await stage(world)
    world.fault(REVIEWS, { kind: 'reset-before' })
    expect((await refusal(review(on))).status).toBe(500)
    expect(on.pull.reviews).toHaveLength(0)
    await review(on)
    expect(on.pull.reviews).toHaveLength(1)
  })

  test.each([
    ['persist-then-reset', 500],
    ['persist-then-502', 502],
  ] as const)('%s: the client sees a failure and the review exists', async (kind, status) => {
    const on = await stage(world)
    world.fault(REVIEWS, { kind })
    expect((await refusal(review(on))).status).toBe(status)
    expect(on.pull.reviews).toHaveLength(1)
  })

  test('persist-then-hang: the client gives up and the review exists', async () => {
    const on = await stage(world)
    world.fault(REVIEWS, { kind: 'persist-then-hang' })
    const signal = AbortSignal.timeout(100)
    const call = on.client.rest.pulls.createReview({
      ...on.target,
      event: 'COMMENT',
      body: 'x',
      request: { signal },
    })
    await expect(call).rejects.toThrow(/timeout|aborted/i)
    expect(on.pull.reviews).toHaveLength(1)
  })

  test('hide: a created review is missing from the next lists, then it is there', async () => {
    const on = await stage(world)
    world.fault(REVIEWS, { kind: 'hide', lists: 2 })
    await review(on)
    const count = async (): Promise<number> =>
      (await on.client.rest.pulls.listReviews(on.target)).data.length
    expect([await count(), await count(), await count()]).toEqual([0, 0, 1])
  })

  test('hide works for check runs and comments too', async () => {
    const on = await stage(world)
    const place = at(on.repository)
    world.fault('POST /repos/{owner}/{repo}/check-runs', { kind: 'hide', lists: 1 })
    world.fault('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      kind: 'hide',
      lists: 1,
    })
    await on.client.rest.checks.create({ ...place, name: 'c', head_sha: on.pull.head.sha })
    await on.client.rest.issues.createComment({ ...place, issue_number: 1, body: 'x' })
    const checks = (): Promise<{ data: { total_count: number } }> =>
      on.client.rest.checks.listForRef({ ...place, ref: on.pull.head.sha })
    const comments = (): Promise<{ data: unknown[] }> =>
      on.client.rest.issues.listComments({ ...place, issue_number: 1 })
    expect([(await checks()).data.total_count, (await checks()).data.total_count]).toEqual([0, 1])
    expect([(await comments()).data.length, (await comments()).data.length]).toEqual([0, 1])
  })
})

describe('answers of another kind', () => {
  test.each<[string, Fault, number]>([
    ['a status', { kind: 'status', status: 451 }, 451],
    ['a 401', { kind: 'unauthorized' }, 401],
    ['a primary limit', { kind: 'primary-limit', resetInSeconds: 60 }, 403],
    ['a secondary limit', { kind: 'secondary-limit', retryAfter: 7 }, 403],
  ])('%s is played as often as planned, then all is well', async (_, fault, status) => {
    const on = await stage(world)
    world.fault(PULL, fault, 2)
    for (const time of [1, 2]) {
      expect((await refusal(on.client.rest.pulls.get(on.target))).status, `time ${time}`).toBe(
        status,
      )
    }
    expect((await on.client.rest.pulls.get(on.target)).status).toBe(200)
    expect(world.faults.waiting()).toEqual([])
  })

  test('limits carry the headers a client must obey', async () => {
    const on = await stage(world)
    const get = (): ReturnType<typeof refusal> => refusal(on.client.rest.pulls.get(on.target))
    world.fault(PULL, { kind: 'primary-limit', resetInSeconds: 60 })
    const primary = await get()
    expect(primary.headers['x-ratelimit-remaining']).toBe('0')
    expect(Number(primary.headers['x-ratelimit-reset']) - world.now() / 1000).toBeGreaterThan(55)
    world.fault(PULL, { kind: 'secondary-limit', retryAfter: 7 })
    expect((await get()).headers['retry-after']).toBe('7')
    world.fault(PULL, { kind: 'secondary-limit', retryAfter: null })
    expect((await get()).headers).not.toHaveProperty('retry-after')
  })

  test('a proxy page comes as HTML with status 200', async () => {
    const on = await stage(world)
    world.fault(PULL, { kind: 'html200' })
    const answer = await on.client.rest.pulls.get(on.target)
    expect(answer.headers['content-type']).toBe('text/html')
    expect(String(answer.data)).toContain('<!doctype html>')
  })

  test('a 301 on a write turns it into a read of something else, a 307 keeps it', async () => {
    const on = await stage(world)
    const location = `${world.apiUrl}/repos/${on.target.owner}/shop/pulls/1/reviews`
    world.fault(REVIEWS, { kind: 'redirect', status: 301, location })
    const post = (): Promise<Response> =>
      fetch(location, {
        method: 'POST',
        headers: {
          authorization: `token ${[...world.state.tokens.keys()].at(-1)}`,
          'user-agent': 'test',
        },
        body: JSON.stringify({ event: 'COMMENT', body: 'x' }),
      })
    expect(await (await post()).json()).toEqual([])
    expect(on.pull.reviews).toHaveLength(0)
    world.fault(REVIEWS, { kind: 'redirect', status: 307, location })
    expect(await (await post()).json()).toMatchObject({ state: 'COMMENTED' })
  })

  test('a hanging route is only that: other requests are answered', async () => {
    const on = await stage(world)
    world.fault(PULL, { kind: 'hang' })
    const stuck = on.client.rest.pulls.get({
      ...on.target,
      request: { signal: AbortSignal.timeout(150) },
    })
    expect((await on.client.rest.pulls.listFiles(on.target)).status).toBe(200)
    await expect(stuck).rejects.toThrow(/timeout|aborted/i)
  })

  test('a slow answer comes late and right', async () => {
    const on = await stage(world)
    world.fault(PULL, { kind: 'slow', ms: 120 })
    const started = performance.now()
    expect((await on.client.rest.pulls.get(on.target)).data.number).toBe(1)
    expect(performance.now() - started).toBeGreaterThan(110)
  })
})

describe('the world moves meanwhile', () => {
  test('the head can move between two pages of files', async () => {
    const on = await stage(world)
    const before = on.pull.head.sha
    world.fault('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      kind: 'meanwhile',
      run: () => world.push(on.repository, 'feature', { files: { 'a-first.ts': 'x\n' } }),
    })
    const read = async (page: number): Promise<string[]> => {
      const { data } = await on.client.rest.pulls.listFiles({ ...on.target, per_page: 1, page })
      return data.map((each) => each.filename)
    }
    expect(await read(1)).toEqual(['src/new.ts'])
    expect((await on.client.rest.pulls.get(on.target)).data.head.sha).not.toBe(before)
    // The list has shifted: the first file comes again and the last one is missed.
    expect(await read(2)).toEqual(['src/new.ts'])
  })

  test('a fault can be set on one GraphQL mutation, and the journal names it', async () => {
    const on = await stage(world)
    world.fault('mutation createCommitOnBranch', { kind: 'persist-then-502' })
    const mutation = `mutation($oid: GitObjectID!, $name: String!) { createCommitOnBranch(input: {
      branch: { repositoryNameWithOwner: $name, branchName: "main" }, message: { headline: "m" }, expectedHeadOid: $oid,
      fileChanges: { additions: [{ path: "a.md", contents: "YQ==" }] } }) { commit { oid } } }`
    const variables = { oid: on.pull.base.sha, name: `${on.target.owner}/shop` }
    await on.client.graphql('query { viewer { login } }')
    expect((await refusal(on.client.graphql(mutation, variables))).status).toBe(502)
    expect(await on.repository.git.run(['show', 'main:a.md'])).toBe('a')
    expect(world.journal.requests('mutation createCommitOnBranch')).toMatchObject([
      { status: 502, fault: 'persist-then-502' },
    ])
    expect(world.journal.writes().at(-1)?.graphql).toBe('mutation createCommitOnBranch')
  })

  test('hide-for: what was made is left out of the lists until its time has come', async () => {
    const on = await stage(world)
    world.fault(REVIEWS, { kind: 'hide-for', hideMs: 10_000 })
    await review(on)
    const listed = async () => {
      const { data } = await on.client.rest.pulls.listReviews({
        ...on.target,
        pull_number: on.pull.number,
      })
      return data.length
    }
    expect(await listed()).toBe(0)
    world.advance(11_000)
    expect(await listed()).toBe(1)
  })

  test('drawn faults meet whatever has none planned', async () => {
    const on = await stage(world)
    world.faults.draw((routes) => (routes.includes(REVIEWS) ? { kind: 'persist-then-502' } : null))
    expect((await refusal(review(on))).status).toBe(502)
    expect(on.pull.reviews).toHaveLength(1)
    world.faults.draw(() => null)
    await review(on)
    expect(on.pull.reviews).toHaveLength(2)
  })
})

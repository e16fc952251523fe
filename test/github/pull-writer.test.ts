import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../world/github/faults.ts'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours, problemFrom } from './reach.ts'

const REVIEWS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

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

const writer = (of: Stage = s) => ours(world, of.repository, of.pull.number).writer()
const on = (line: number, more: object = {}) => ({
  ...{ path: 'src/new.ts', side: 'RIGHT' as const, line, startLine: null, body: 'said' },
  ...more,
})

describe('a review', () => {
  test('is one comment-only post, pinned to its head, with every anchor as given', async () => {
    const t = await stage(world)
    const posted = await (await writer(t)).postReview({
      headSha: t.pull.head.sha,
      body: 'whole',
      comments: [
        on(2, { startLine: 1 }),
        { ...on(10), path: 'src/pay.ts', side: 'LEFT' },
        { ...on(7), path: 'src/pay.ts' },
      ],
    })
    const { reviews } = await world.conversation(t.repository, t.pull)
    expect(reviews.map((review) => [review.id, review.state, review.commit])).toEqual([
      [posted.kind === 'posted' ? posted.id : null, 'COMMENTED', t.pull.head.sha],
    ])
    expect(
      reviews[0]?.comments.map(({ path, side, startLine, line }) => [path, side, startLine, line]),
    ).toEqual([
      ['src/new.ts', 'RIGHT', 1, 2],
      ['src/pay.ts', 'LEFT', null, 10],
      ['src/pay.ts', 'RIGHT', null, 7],
    ])
    expect(world.journal.requests(REVIEWS)[0]?.body).toMatchObject({ event: 'COMMENT' })
    expect(JSON.stringify(world.journal.requests(REVIEWS)[0]?.body)).not.toContain('APPROVE')
  })

  test.each<[string, object]>([
    ['a line outside of every hunk', { path: 'src/pay.ts', line: 20 }],
    ['a line past the end', { line: 99 }],
    ['a range across two hunks', { path: 'src/pay.ts', startLine: 10, line: 32 }],
    ['a file that did not change', { path: 'README.md', line: 1 }],
  ])('with %s is refused for its anchors, and nothing is stored', async (_, more) => {
    const t = await stage(world)
    const review = { headSha: t.pull.head.sha, body: 'x', comments: [on(1), on(1, more)] }
    expect(await (await writer(t)).postReview(review)).toMatchObject({
      ...{ kind: 'refused', because: 'anchors' },
    })
    expect((await world.conversation(t.repository, t.pull)).reviews).toEqual([])
  })

  test('beside a pending one of ours says so, and the pending one can be deleted', async () => {
    const t = await stage(world)
    await t.client.rest.pulls.createReview({ ...t.target, body: 'left behind' })
    const speak = await writer(t)
    const review = { headSha: t.pull.head.sha, body: 'x', comments: [on(1)] }
    expect(await speak.postReview(review)).toMatchObject({ because: 'pending-review' })
    const own = await ours(world, t.repository, t.pull.number).reader.ownReviews()
    expect(own.map((post) => post.state)).toEqual(['pending'])
    await speak.deletePendingReview(own[0]?.id ?? 0)
    expect(await speak.postReview(review)).toMatchObject({ kind: 'posted' })
  })

  test.each<[string, Fault, object]>([
    [
      'a limit on speed',
      {
        kind: 'status',
        status: 422,
        body: { message: 'x', errors: ['was submitted too quickly'] },
      },
      { code: 'github.rate-limited', retryAfterMs: 60_000 },
    ],
    [
      'a primary limit',
      { kind: 'primary-limit', resetInSeconds: 5 },
      { code: 'github.rate-limited' },
    ],
    ['a 404', { kind: 'status', status: 404 }, { code: 'github.gone' }],
  ])('that meets %s is a problem, not a refusal', async (_, fault, problem) => {
    world.fault(REVIEWS, fault)
    const review = { headSha: s.pull.head.sha, body: 'x', comments: [] }
    expect(await problemFrom((await writer()).postReview(review))).toMatchObject(problem)
    expect(world.journal.requests(REVIEWS)).toHaveLength(1)
  })

  test('on a locked conversation is forbidden', async () => {
    world.fault(REVIEWS, { kind: 'status', status: 403, body: { message: 'locked' } })
    const review = { headSha: s.pull.head.sha, body: 'x', comments: [] }
    expect(await (await writer()).postReview(review)).toMatchObject({ because: 'forbidden' })
  })

  test('refused for another reason is told apart from anchors', async () => {
    const body = { message: 'Validation Failed', errors: [{ message: 'body is too long' }] }
    world.fault(REVIEWS, { kind: 'status', status: 422, body })
    const review = { headSha: s.pull.head.sha, body: 'x', comments: [] }
    expect(await (await writer()).postReview(review)).toMatchObject({ because: 'validation' })
  })
})

test('a comment on a whole file is no line comment', async () => {
  const t = await stage(world)
  const comment = { headSha: t.pull.head.sha, path: 'src/pay.ts', body: 'as a whole' }
  expect(await (await writer(t)).postFileComment(comment)).toMatchObject({ kind: 'posted' })
  const [thread] = world.threads(t.pull)
  expect([thread?.origin.line]).toEqual([null])
})

test('a thread is resolved by its node id, and a strange answer is not taken for success', async () => {
  const t = await stage(world)
  const speak = await writer(t)
  await speak.postReview({ headSha: t.pull.head.sha, body: 'x', comments: [on(1)] })
  const [own] = await ours(world, t.repository, t.pull.number).reader.ownThreads()
  world.fault('mutation resolveReviewThread', { kind: 'html200' })
  expect(await problemFrom(speak.resolveThread(own?.id ?? ''))).toMatchObject({
    code: 'github.ambiguous',
  })
  await speak.resolveThread(own?.id ?? '')
  const { threads } = await world.conversation(t.repository, t.pull)
  expect(threads.map((thread) => thread.isResolved)).toEqual([true])
})

test('a comment is edited in place, and a web page is not taken for success', async () => {
  const t = await stage(world)
  const speak = await writer(t)
  const id = await speak.createComment('first')
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
  world.fault(route, { kind: 'html200' })
  expect(await problemFrom(speak.updateComment(id, 'second'))).toMatchObject({
    code: 'github.ambiguous',
  })
  await speak.updateComment(id, 'second')
  const { comments } = await world.conversation(t.repository, t.pull)
  expect(comments.map((comment) => [comment.id, comment.body])).toEqual([[id, 'second']])
})

test('own posts are told by the account, not by their words', async () => {
  const t = await stage(world)
  world.comment(t.repository, t.pull.number, 'dev', 'summary')
  await (await writer(t)).createComment('summary')
  await world.review(t.repository, t.pull, 'dev', { body: 'mine' })
  const { reader } = ours(world, t.repository, t.pull.number)
  expect((await reader.ownComments()).map((post) => post.body)).toEqual(['summary'])
  expect(await reader.ownReviews()).toEqual([])
})

test('own comments are found beyond the first page', async () => {
  const t = await stage(world)
  for (let i = 0; i < 105; i += 1) world.comment(t.repository, t.pull.number, 'dev', `${i}`)
  await (await writer(t)).createComment('the last')
  const own = await ours(world, t.repository, t.pull.number).reader.ownComments()
  expect(own.map((post) => post.body)).toEqual(['the last'])
})

test('the writer can speak and change no file', async () => {
  await (await writer()).createComment('x')
  const [entry] = world.journal.writes()
  expect(entry?.caller).toMatchObject({
    permissions: { pull_requests: 'write', issues: 'write' },
    repositoryIds: [s.repository.id],
  })
  expect(entry?.caller).not.toMatchObject({ permissions: { contents: expect.anything() } })
})

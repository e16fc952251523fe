import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, refusal } from './client.ts'
import { numbered, type Stage, stage } from './stage.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

type Comment = {
  path: string
  line?: number
  side?: string
  start_line?: number
  start_side?: string
  position?: number
}

function review(
  on: Stage,
  comments: Comment[],
  event: 'COMMENT' | 'APPROVE' = 'COMMENT',
): Promise<unknown> {
  return on.client.rest.pulls.createReview({
    ...on.target,
    commit_id: on.pull.head.sha,
    event,
    body: 'Summary',
    comments: comments.map((each) => ({ body: 'Here', ...each })),
  })
}

describe('where a comment may sit', () => {
  test.each([
    ['a changed line', { path: 'src/pay.ts', line: 10, side: 'RIGHT' }],
    ['a context line of a hunk', { path: 'src/pay.ts', line: 7, side: 'RIGHT' }],
    ['a deleted line on the left', { path: 'src/pay.ts', line: 10, side: 'LEFT' }],
    [
      'a range inside a hunk',
      { path: 'src/pay.ts', start_line: 8, start_side: 'RIGHT', line: 11, side: 'RIGHT' },
    ],
    [
      'a range from the left to the right',
      { path: 'src/pay.ts', start_line: 10, start_side: 'LEFT', line: 10, side: 'RIGHT' },
    ],
    ['a position', { path: 'src/pay.ts', position: 5 }],
  ])('%s is accepted', async (_, comment) => {
    const on = await stage(world)
    await review(on, [comment])
    expect(on.pull.reviews).toHaveLength(1)
    expect(world.threads(on.pull)).toHaveLength(1)
  })

  test.each([
    [
      'a line between the hunks',
      { path: 'src/pay.ts', line: 20, side: 'RIGHT' },
      'Line could not be resolved',
    ],
    [
      'a line past the end',
      { path: 'src/new.ts', line: 3, side: 'RIGHT' },
      'Line could not be resolved',
    ],
    ['line 0', { path: 'src/new.ts', line: 0, side: 'RIGHT' }, 'Line could not be resolved'],
    [
      'the left side of a new file',
      { path: 'src/new.ts', line: 1, side: 'LEFT' },
      'Line could not be resolved',
    ],
    [
      'an unchanged file',
      { path: 'README.md', line: 1, side: 'RIGHT' },
      'Path could not be resolved',
    ],
    [
      'a start after the end',
      { path: 'src/pay.ts', start_line: 11, line: 10, side: 'RIGHT' },
      'Start line must precede the end line.',
    ],
    [
      'a range across hunks',
      { path: 'src/pay.ts', start_line: 10, line: 32, side: 'RIGHT' },
      'Start line must be part of the same hunk as the line.',
    ],
  ])('%s is refused and nothing of the review stays', async (_, comment, message) => {
    const on = await stage(world)
    const good = { path: 'src/pay.ts', line: 10, side: 'RIGHT' }
    expect(await refusal(review(on, [good, comment]))).toMatchObject({
      status: 422,
      message: 'Unprocessable Entity',
      errors: [message],
    })
    expect(on.pull.reviews).toEqual([])
    expect(world.threads(on.pull)).toEqual([])
  })

  test('the old path of a renamed file is no place', async () => {
    const on = await stage(world)
    await world.push(on.repository, 'feature', { renames: { 'src/pay.ts': 'src/paid.ts' } })
    const old = await refusal(review(on, [{ path: 'src/pay.ts', line: 10, side: 'RIGHT' }]))
    expect(old.errors).toEqual(['Path could not be resolved'])
    await review(on, [{ path: 'src/paid.ts', line: 10, side: 'RIGHT' }])
    expect(on.pull.reviews).toHaveLength(1)
  })

  test('lines are judged by the diff at commit_id, not at the head', async () => {
    const on = await stage(world)
    const first = on.pull.head.sha
    await world.push(on.repository, 'feature', {
      files: { 'src/pay.ts': numbered({ 20: 'twenty\n' }) },
    })
    const at20 = { path: 'src/pay.ts', line: 20, side: 'RIGHT', body: 'x' }
    const event = 'COMMENT' as const
    const order = { ...on.target, event, body: 'x', comments: [at20] }
    expect(
      (await refusal(on.client.rest.pulls.createReview({ ...order, commit_id: first }))).status,
    ).toBe(422)
    expect((await on.client.rest.pulls.createReview(order)).data.commit_id).toBe(on.pull.head.sha)
  })
})

describe('reviews', () => {
  test('a commit that is not part of the pull request is refused', async () => {
    const on = await stage(world)
    for (const commit_id of [on.pull.base.sha, 'f'.repeat(40)]) {
      const call = on.client.rest.pulls.createReview({
        ...on.target,
        commit_id,
        event: 'COMMENT',
        body: 'x',
      })
      expect((await refusal(call)).errors).toEqual(['commit_id is not part of the pull request'])
    }
  })

  test('without an event the review is pending, seen by its author only, and blocks the next one', async () => {
    const on = await stage(world)
    const comments = [{ path: 'src/new.ts', line: 1, side: 'RIGHT', body: 'x' }]
    const { data } = await on.client.rest.pulls.createReview({ ...on.target, comments })
    expect(data.state).toBe('PENDING')
    expect(data).not.toHaveProperty('submitted_at')
    expect((await on.client.rest.pulls.listReviewComments(on.target)).data).toEqual([])
    expect((await refusal(review(on, []))).errors).toEqual([
      'User can only have one pending review per pull request',
    ])
    await on.client.rest.pulls.deletePendingReview({ ...on.target, review_id: data.id })
    expect(world.threads(on.pull)).toEqual([])
    await review(on, [])
    expect(on.pull.reviews.map((each) => each.state)).toEqual(['COMMENTED'])
  })

  test('a pending review can be submitted, and a submitted one cannot be deleted', async () => {
    const on = await stage(world)
    const pending = await on.client.rest.pulls.createReview({ ...on.target, body: 'x' })
    const one = { ...on.target, review_id: pending.data.id }
    const { data } = await on.client.rest.pulls.submitReview({ ...one, event: 'COMMENT' })
    expect(data.state).toBe('COMMENTED')
    expect((await refusal(on.client.rest.pulls.deletePendingReview(one))).status).toBe(422)
  })

  test('nobody approves an own pull request', async () => {
    const on = await stage(world)
    await on.client.rest.git.createRef({
      ...at(on.repository),
      ref: 'refs/heads/own',
      sha: on.pull.head.sha,
    })
    const own = await on.client.rest.pulls.create({
      ...at(on.repository),
      head: 'own',
      base: 'main',
      title: 'Memory',
    })
    const call = on.client.rest.pulls.createReview({
      ...on.target,
      pull_number: own.data.number,
      event: 'APPROVE',
    })
    expect((await refusal(call)).errors).toEqual(['Can not approve your own pull request'])
    await review(on, [], 'APPROVE')
    expect(on.pull.reviews.at(-1)?.state).toBe('APPROVED')
  })

  test('a comment without a body and a line that is text are refused before anything happens', async () => {
    const own = await createGitHubWorld()
    const on = await stage(own)
    const send = (comments: unknown): Promise<unknown> =>
      on.client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        ...on.target,
        event: 'COMMENT',
        body: 'x',
        // Wrong on purpose.
        comments: comments as [],
      })
    expect((await refusal(send([{ path: 'src/new.ts', line: 1 }]))).status).toBe(422)
    expect((await refusal(send([{ path: 'src/new.ts', line: '1', body: 'x' }]))).status).toBe(422)
    expect(on.pull.reviews).toEqual([])
    expect(own.violations.map((each) => each.kind)).toEqual(['request', 'request'])
    await own.stop()
  })

  test('a comment on a whole file has no line', async () => {
    const on = await stage(world)
    const { data } = await on.client.rest.pulls.createReviewComment({
      ...on.target,
      commit_id: on.pull.head.sha,
      path: 'src/pay.ts',
      body: 'The whole file',
      subject_type: 'file',
    })
    expect(data).toMatchObject({ subject_type: 'file' })
    expect(data).not.toHaveProperty('line')
  })

  test('a locked conversation takes no review and no comment', async () => {
    const on = await stage(world)
    world.lock(on.pull)
    expect((await refusal(review(on, []))).status).toBe(403)
    const comment = { ...at(on.repository), issue_number: 1, body: 'x' }
    expect((await refusal(on.client.rest.issues.createComment(comment))).status).toBe(403)
  })
})

describe('threads over pushes', () => {
  test('a comment moves with its line', async () => {
    const on = await stage(world)
    await review(on, [{ path: 'src/pay.ts', line: 32, side: 'RIGHT' }])
    await world.push(on.repository, 'feature', {
      files: { 'src/pay.ts': `first\n${numbered({ 10: 'ten\n', 32: 'thirty-two\n' })}` },
    })
    const [comment] = (await on.client.rest.pulls.listReviewComments(on.target)).data
    expect(comment).toMatchObject({ line: 33, original_line: 32, commit_id: on.pull.head.sha })
  })

  test('a comment whose line changed is outdated and keeps its original line', async () => {
    const on = await stage(world)
    await review(on, [{ path: 'src/pay.ts', line: 10, side: 'RIGHT' }])
    const before = on.pull.head.sha
    await world.push(on.repository, 'feature', {
      files: { 'src/pay.ts': numbered({ 10: 'better\n', 32: 'thirty-two\n' }) },
    })
    const [comment] = (await on.client.rest.pulls.listReviewComments(on.target)).data
    expect(comment).toMatchObject({
      line: null,
      original_line: 10,
      position: null,
      commit_id: before,
    })
  })

  test('an outdated comment can be answered, as GitHub’s description should say', async () => {
    const on = await stage(world)
    await review(on, [{ path: 'src/pay.ts', line: 10, side: 'RIGHT' }])
    await world.push(on.repository, 'feature', {
      files: { 'src/pay.ts': numbered({ 10: 'better\n', 32: 'thirty-two\n' }) },
    })
    const before = world.violations.length
    const answer = await on.client.rest.pulls.createReplyForReviewComment({
      ...on.target,
      comment_id: world.threads(on.pull)[0]?.comments[0]?.id ?? 0,
      body: 'Done.',
    })
    expect(answer.data.position).toBeNull()
    expect(world.violations.slice(before)).toEqual([])
  })

  test('a person can answer and resolve, and an answer cannot be answered', async () => {
    const on = await stage(world)
    await review(on, [{ path: 'src/pay.ts', line: 10, side: 'RIGHT' }])
    const [thread] = world.threads(on.pull)
    if (thread === undefined) throw new Error('the review has made a thread')
    const answer = await world.reply(on.repository, on.pull, thread, 'dev', 'Why?')
    const mine = await on.client.rest.pulls.createReplyForReviewComment({
      ...on.target,
      comment_id: thread.comments[0]?.id ?? 0,
      body: 'Because.',
    })
    expect(mine.data.in_reply_to_id).toBe(thread.comments[0]?.id)
    const call = on.client.rest.pulls.createReplyForReviewComment({
      ...on.target,
      comment_id: answer.id,
      body: 'x',
    })
    expect((await refusal(call)).status).toBe(404)
    await world.resolve(on.repository, on.pull, thread, 'dev')
    const seen = await world.conversation(on.repository, on.pull)
    expect(seen.threads).toMatchObject([
      { isResolved: true, resolvedBy: 'dev', isOutdated: false, line: 10 },
    ])
    expect(seen.threads[0]?.comments.map((each) => each.body)).toEqual(['Here', 'Why?', 'Because.'])
  })

  test('the conversation shows a comment with the lines it was written on', async () => {
    const on = await stage(world)
    await review(on, [{ path: 'src/pay.ts', start_line: 9, line: 10, side: 'RIGHT' }])
    const seen = await world.conversation(on.repository, on.pull)
    expect(seen.reviews[0]?.comments[0]).toMatchObject({
      path: 'src/pay.ts',
      startLine: 9,
      line: 10,
      lines: [
        { mark: ' ', number: 7, text: 'line 7' },
        { mark: ' ', number: 8, text: 'line 8' },
        { mark: ' ', number: 9, text: 'line 9' },
        { mark: '-', number: 10, text: 'line 10' },
        { mark: '+', number: 10, text: 'ten' },
      ],
    })
  })
})

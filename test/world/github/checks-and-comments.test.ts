import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, refusal } from './client.ts'
import { type Stage, stage } from './stage.ts'
import type { Annotation } from './state.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

type Output = { title: string; summary: string; annotations?: Annotation[] }

function createCheck(on: Stage, more: object = {}): Promise<{ data: { id: number } }> {
  return on.client.rest.checks.create({
    ...at(on.repository),
    name: 'Tech lead',
    head_sha: on.pull.head.sha,
    ...more,
  })
}

function annotations(count: number): Annotation[] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'src/pay.ts',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'notice',
    message: `note ${index}`,
  }))
}

describe('check runs', () => {
  test('a run begins queued, is concluded, and a conclusion completes it', async () => {
    const on = await stage(world)
    const { data } = await createCheck(on, { external_id: 'run-key' })
    expect(data).toMatchObject({ status: 'queued', conclusion: null, external_id: 'run-key' })
    const done = await on.client.rest.checks.update({
      ...at(on.repository),
      check_run_id: data.id,
      conclusion: 'neutral',
      output: { title: 'Not reviewed', summary: 'why' },
    })
    expect(done.data).toMatchObject({ status: 'completed', conclusion: 'neutral' })
    expect(done.data.completed_at).toMatch(/Z$/)
  })

  test('completed without a conclusion is refused', async () => {
    const on = await stage(world)
    expect((await refusal(createCheck(on, { status: 'completed' }))).status).toBe(422)
    expect(on.repository.checkRuns).toEqual([])
  })

  test('a commit that does not exist takes no check', async () => {
    const on = await stage(world)
    expect((await refusal(createCheck(on, { head_sha: 'e'.repeat(40) }))).status).toBe(422)
  })

  test('the run of another app is seen and cannot be changed', async () => {
    const on = await stage(world)
    const foreign = world.addForeignCheck(on.repository, {
      appId: 15368,
      name: 'build',
      headSha: on.pull.head.sha,
    })
    const call = on.client.rest.checks.update({
      ...at(on.repository),
      check_run_id: foreign.id,
      conclusion: 'failure',
    })
    expect(await refusal(call)).toMatchObject({
      status: 403,
      message:
        'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.',
    })
    expect(foreign.conclusion).toBe('success')
  })

  test('annotations are added up, fifty in a request at most', async () => {
    const on = await stage(world)
    const output = (count: number): Output => ({
      title: 'T',
      summary: 'S',
      annotations: annotations(count),
    })
    const { data } = await createCheck(on, { output: output(50) })
    const run = { ...at(on.repository), check_run_id: data.id }
    const update = (count: number): Promise<{ data: { output: { annotations_count: number } } }> =>
      on.client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...run,
        output: output(count),
      })
    expect((await update(20)).data.output.annotations_count).toBe(70)
    expect((await refusal(update(51))).status).toBe(422)
    const listed = await on.client.paginate(on.client.rest.checks.listAnnotations, run)
    expect(listed).toHaveLength(70)
  })

  test('a summary longer than 65,535 characters is refused', async () => {
    const on = await stage(world)
    const output = (length: number): Output => ({ title: 'T', summary: 'x'.repeat(length) })
    expect((await refusal(createCheck(on, { output: output(65_536) }))).status).toBe(422)
    await createCheck(on, { output: output(65_535) })
    expect(on.repository.checkRuns).toHaveLength(1)
  })

  test('the list of a commit filters by app and name and shows the newest unless all are asked for', async () => {
    const on = await stage(world)
    world.addForeignCheck(on.repository, {
      appId: 15368,
      name: 'Tech lead',
      headSha: on.pull.head.sha,
    })
    await createCheck(on, { external_id: 'first' })
    await createCheck(on, { external_id: 'second' })
    const list = async (more: object): Promise<(string | null)[]> => {
      const { data } = await on.client.rest.checks.listForRef({
        ...at(on.repository),
        ref: on.pull.head.sha,
        ...more,
      })
      return data.check_runs.map((each) => each.external_id)
    }
    expect(await list({ app_id: world.app.id })).toEqual(['second'])
    expect(await list({ app_id: world.app.id, filter: 'all' })).toEqual(['second', 'first'])
    expect(await list({ check_name: 'other' })).toEqual([])
    expect(await list({})).toHaveLength(2)
  })
})

describe('comments and reactions', () => {
  test('an issue comment is edited in place, and only by its author', async () => {
    const on = await stage(world)
    const mine = await on.client.rest.issues.createComment({
      ...at(on.repository),
      issue_number: 1,
      body: 'a',
    })
    const { data } = await on.client.rest.issues.updateComment({
      ...at(on.repository),
      comment_id: mine.data.id,
      body: 'b',
    })
    expect(data.body).toBe('b')
    const theirs = world.comment(on.repository, 1, 'dev', 'mine')
    const call = on.client.rest.issues.updateComment({
      ...at(on.repository),
      comment_id: theirs.id,
      body: 'x',
    })
    expect((await refusal(call)).status).toBe(403)
    expect(on.repository.issueComments.map((each) => each.body)).toEqual(['b', 'mine'])
  })

  test('a comment above the measured size is refused', async () => {
    const on = await stage(world)
    const body = 'ü'.repeat(131_073)
    const call = on.client.rest.issues.createComment({
      ...at(on.repository),
      issue_number: 1,
      body,
    })
    expect((await refusal(call)).errors).toMatchObject([
      { message: 'body is too long (maximum is 65536 characters)' },
    ])
  })

  test('the second time a reaction is already there', async () => {
    const on = await stage(world)
    const comment = world.comment(on.repository, 1, 'dev', '/tech-lead review')
    const order = { ...at(on.repository), comment_id: comment.id, content: 'eyes' } as const
    expect((await on.client.rest.reactions.createForIssueComment(order)).status).toBe(201)
    expect((await on.client.rest.reactions.createForIssueComment(order)).status).toBe(200)
    expect(comment.reactions).toHaveLength(1)
    const wrong = { ...order, content: 'wave' }
    const call = on.client.request(
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
      wrong as typeof order,
    )
    expect((await refusal(call)).status).toBe(422)
  })

  test.each([
    ['acme', 'admin', 'admin'],
    ['maintainer', 'write', 'maintain'],
    ['DEV', 'write', 'write'],
    ['reader', 'read', 'read'],
    ['passer-by', 'none', 'none'],
  ])('the permission endpoint says what %s may do', async (login, permission, role_name) => {
    const on = await stage(world)
    world.user('passer-by')
    const username = login === 'acme' ? on.repository.owner.login : login
    const call = on.client.rest.repos.getCollaboratorPermissionLevel({
      ...at(on.repository),
      username,
    })
    expect((await call).data).toMatchObject({ permission, role_name })
  })

  test('an unknown person is 404 to the permission endpoint', async () => {
    const on = await stage(world)
    const call = on.client.rest.repos.getCollaboratorPermissionLevel({
      ...at(on.repository),
      username: 'ghost-x',
    })
    expect((await refusal(call)).status).toBe(404)
  })
})

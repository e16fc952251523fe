import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { REVIEW_ACTION } from '#core/job/check-actions'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours, problemFrom } from './reach.ts'

const CREATE = 'POST /repos/{owner}/{repo}/check-runs'
const UPDATE = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
const REACT = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'

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

const statusOf = (of: Stage) => ours(world, of.repository, of.pull.number).status
const check = (of: Stage, more: object = {}) => ({
  ...{ headSha: of.pull.head.sha, externalId: 'run-1', startedAt: '2026-11-22T12:00:00Z' },
  ...{ conclusion: null, title: 'Reviewing', summary: 'now' },
  ...more,
})

test('a check is opened in progress and completed in place', async () => {
  const t = await stage(world)
  const status = statusOf(t)
  const id = await status.createCheck(check(t))
  expect(await status.ownChecks(t.pull.head.sha)).toEqual([
    {
      id,
      externalId: 'run-1',
      headSha: t.pull.head.sha,
      status: 'in_progress',
      annotationCount: 0,
    },
  ])
  await status.updateCheck(id, { conclusion: 'neutral', title: 'Done', summary: 'so' })
  const { checks } = await world.conversation(t.repository, t.pull)
  expect(checks.map((one) => [one.status, one.conclusion, one.title])).toEqual([
    ['completed', 'neutral', 'Done'],
  ])
})

test('remarks stand on their lines, and a button is there until it is taken away', async () => {
  const t = await stage(world)
  const status = statusOf(t)
  const annotations = [{ path: '.github/tech-lead.yml', line: 3, message: 'unknown key' }]
  const id = await status.createCheck(check(t, { annotations, actions: [REVIEW_ACTION] }))
  const [run] = t.repository.checkRuns
  expect(run?.annotations).toMatchObject([
    { path: '.github/tech-lead.yml', start_line: 3, annotation_level: 'warning' },
  ])
  expect(run?.actions).toEqual([REVIEW_ACTION])
  expect(await status.ownChecks(t.pull.head.sha)).toMatchObject([{ annotationCount: 1 }])
  await status.updateCheck(id, { conclusion: 'neutral', title: 'Done', summary: 'so' })
  expect(t.repository.checkRuns[0]?.actions).toEqual([])
})

test('a check whose end is known is created completed, in one call', async () => {
  const t = await stage(world)
  world.journal.clear()
  await statusOf(t).createCheck(check(t, { conclusion: 'success' }))
  const { checks } = await world.conversation(t.repository, t.pull)
  expect(checks.map((one) => [one.status, one.conclusion])).toEqual([['completed', 'success']])
  expect(world.journal.writes()).toHaveLength(1)
})

test("another app's check on the same commit is not ours", async () => {
  const t = await stage(world)
  world.addForeignCheck(t.repository, { appId: 5, name: 'lint', headSha: t.pull.head.sha })
  expect(await statusOf(t).ownChecks(t.pull.head.sha)).toEqual([])
})

test('own checks are found beyond the first page', async () => {
  const t = await stage(world)
  const status = statusOf(t)
  for (let i = 0; i < 101; i += 1) await status.createCheck(check(t, { externalId: `run-${i}` }))
  expect((await status.ownChecks(t.pull.head.sha)).length).toBe(101)
})

test.each([
  ['persist-then-502', 1],
  ['persist-then-reset', 1],
  ['reset-before', 0],
] as const)('a create that meets %s is sent once and is ambiguous', async (kind, stored) => {
  const t = await stage(world)
  world.journal.clear()
  world.fault(CREATE, { kind })
  expect(await problemFrom(statusOf(t).createCheck(check(t)))).toMatchObject({
    code: 'github.ambiguous',
  })
  expect(world.journal.requests(CREATE)).toHaveLength(1)
  expect(await statusOf(t).ownChecks(t.pull.head.sha)).toHaveLength(stored)
})

test('an update that a proxy answered is not taken for done', async () => {
  const t = await stage(world)
  const id = await statusOf(t).createCheck(check(t))
  world.fault(UPDATE, { kind: 'html200' })
  const done = { conclusion: 'success', title: 'Done', summary: 'so' } as const
  expect(await problemFrom(statusOf(t).updateCheck(id, done))).toMatchObject({
    code: 'github.ambiguous',
  })
})

test('an update reaches the check of a repository that was renamed meanwhile', async () => {
  const t = await stage(world)
  const id = await statusOf(t).createCheck(check(t))
  world.rename(t.repository, 'store')
  const old = ours(world, t.repository, t.pull.number, { name: 'shop' }).status
  await old.updateCheck(id, { conclusion: 'success', title: 'Done', summary: 'so' })
  const { checks } = await world.conversation(t.repository, t.pull)
  expect(checks.map((one) => [one.status, one.title])).toEqual([['completed', 'Done']])
})

test('a reaction is given once however often it is asked for', async () => {
  const t = await stage(world)
  const { id } = world.comment(t.repository, t.pull.number, 'dev', '/tech-lead help')
  const status = statusOf(t)
  for (let i = 0; i < 2; i += 1)
    await status.react({ commentId: id, surface: 'conversation' }, 'eyes')
  const { comments } = await world.conversation(t.repository, t.pull)
  expect(comments[0]?.reactions).toEqual(['eyes'])
})

test('a reaction that fails changes nothing', async () => {
  world.fault(REACT, { kind: 'status', status: 500 })
  await statusOf(s).react({ commentId: 1, surface: 'conversation' }, 'eyes')
  expect(world.journal.requests(REACT)).toHaveLength(1)
})

test('the token of checks can do nothing else', async () => {
  await statusOf(s).createCheck(check(s))
  const { caller } = world.journal.writes()[0] ?? {}
  const { permissions } = caller?.kind === 'installation' ? caller : { permissions: {} }
  expect(permissions).toEqual({ checks: 'write', metadata: 'read' })
})

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours, problemFrom } from './reach.ts'

const FOLDER = '.claude/agent-memory/integrations-tech-lead'
const COMMIT = 'mutation createCommitOnBranch'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

const homeOf = (of: Stage) => ours(world, of.repository, of.pull.number).memoryHome()
const change = (tip: { branch: string; commit: string }, more: object = {}) => ({
  ...{ branch: tip.branch, expected: tip.commit, headline: 'Remember', body: 'Tech-Lead-Run: r1' },
  edits: [{ path: 'stripe.md', text: '- One fact.\n' }],
  ...more,
})

test('the tip has the folder alone, and a commit changes nothing else', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  const tip = await home.tip()
  expect([tip.branch, tip.files]).toEqual(['main', []])
  expect(await home.commit(change(tip))).toMatchObject({ kind: 'committed' })
  expect((await home.tip()).files).toEqual([{ path: 'stripe.md', text: '- One fact.\n' }])
  expect(await t.repository.git.run(['show', '--name-only', '--format=', 'main'])).toBe(
    `${FOLDER}/stripe.md\n`,
  )
})

test('a file is removed by an edit without text', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  await home.commit(change(await home.tip()))
  const edits = [{ path: 'stripe.md', text: null }]
  expect(await home.commit(change(await home.tip(), { edits }))).toMatchObject({
    kind: 'committed',
  })
  expect((await home.tip()).files).toEqual([])
})

test('a commit upon a tip that moved is stale, although the answer is a 200', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  const tip = await home.tip()
  await world.push(t.repository, 'main', { files: { 'README.md': 'moved\n' } })
  expect(await home.commit(change(tip))).toEqual({ kind: 'stale' })
})

test('a protected branch refuses with its reason, and is not forced', async () => {
  const t = await stage(world)
  world.protectBranch(t.repository, 'main', [{ type: 'pull_request' }] as never)
  const home = await homeOf(t)
  expect(await home.commit(change(await home.tip()))).toMatchObject({ kind: 'refused' })
  expect(world.journal.requests(COMMIT)).toHaveLength(1)
})

test('a commit whose answer was lost is found again by its trailer', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  world.fault(COMMIT, { kind: 'persist-then-reset' })
  expect(await problemFrom(home.commit(change(await home.tip())))).toMatchObject({
    code: 'github.ambiguous',
  })
  expect(world.journal.requests(COMMIT)).toHaveLength(1)
  await home.tip()
  const found = await home.history(['Tech-Lead-Run: r1', 'Tech-Lead-Run: r2'])
  expect([...found.carried.keys()]).toEqual(['Tech-Lead-Run: r1'])
})

test('a limit is waited for, never taken for a refusal', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  const tip = await home.tip()
  world.fault(COMMIT, { kind: 'secondary-limit', retryAfter: 30 })
  expect(await problemFrom(home.commit(change(tip)))).toMatchObject({
    ...{ code: 'github.rate-limited', retryAfterMs: 30_000 },
  })
})

test('only this token can change files, and only in this repository', async () => {
  const t = await stage(world)
  const home = await homeOf(t)
  await home.commit(change(await home.tip()))
  expect(world.journal.requests(COMMIT)[0]?.caller).toMatchObject({
    ...{ permissions: { contents: 'write' }, repositoryIds: [t.repository.id] },
  })
})

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { writeMemory } from '#flow/write-memory'
import { createClock } from '../flow/memory-world.ts'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours } from './reach.ts'

vi.setConfig({ testTimeout: 60_000 })

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

const CHECKS = { type: 'required_status_checks', bypass: true }
const settle = (on: Stage, settings: string) =>
  world.push(on.repository, 'main', { files: { '.github/tech-lead.yml': settings } })

/** The message of the commit that writes one fact, on the branch that takes it. */
async function messageOn(on: Stage, branch = 'main'): Promise<string> {
  const { clock } = createClock()
  const written = await writeMemory(
    {
      home: () => ours(world, on.repository, on.pull.number).memoryHome(),
      clock,
      random: () => 0.5,
    },
    {
      ...{ agent: 'integrations-tech-lead', pull: on.pull.number, edits: [] },
      trailer: 'Tech-Lead-Run: run-1',
      learnings: [
        { topic: 'stripe', text: 'A fact.', citation: null, anchor: null, source: 'agent' },
      ],
    },
  )
  expect(written).toMatchObject({ kind: 'committed' })
  return on.repository.git.run(['log', '-1', '--format=%B', branch])
}

test('a memory commit to the default branch starts no CI', async () => {
  const message = await messageOn(await stage(world))
  expect(message).toContain('\n[skip ci]\n')
  // The trailers stay one block of their own.
  expect(message).toMatch(/\n\nTech-Lead-Run: run-1\nSource-PR: #\d+\nLearned: m-[0-9a-f]{8}\n/)
  expect(world.violations).toEqual([])
})

test.each([
  { by: 'ruleset', classic: false },
  { by: 'protection', classic: true },
])('a branch that requires checks by its $by is never told to skip them', async ({ classic }) => {
  const t = await stage(world)
  world.protectBranch(t.repository, 'main', [{ ...CHECKS, classic }])
  expect(await messageOn(t)).not.toContain('skip ci')
})

test('other rules, which the app may pass, require no checks', async () => {
  const t = await stage(world)
  world.protectBranch(t.repository, 'main', [{ type: 'pull_request', bypass: true }])
  expect(await messageOn(t)).toContain('[skip ci]')
})

test('settings may want CI to run', async () => {
  const t = await stage(world)
  await settle(t, 'memory: { skip_ci: false }\n')
  expect(await messageOn(t)).not.toContain('skip ci')
})

test('the checks of a proposal are waited for, so it never skips them', async () => {
  const t = await stage(world)
  await settle(t, 'memory: { mode: pull-request }\n')
  expect(await messageOn(t, 'tech-lead/memory')).not.toContain('skip ci')
})

test('where GitHub does not say which rules hold, CI runs', async () => {
  const t = await stage(world)
  world.fault('GET /repos/{owner}/{repo}/rules/branches/{branch}', { kind: 'status', status: 403 })
  expect(await messageOn(t)).not.toContain('skip ci')
})

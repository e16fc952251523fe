import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours } from './reach.ts'

const NAMED = 'acme-lead'
const DEFINITION = `---
name: ${NAMED}
description: Reviews as Acme wants it.
model: opus
memory: project
---
Acme reviews.
`
const FILES = {
  '.github/tech-lead.yml': `agent: ${NAMED}\n`,
  [`.claude/agents/${NAMED}.md`]: DEFINITION,
  [`.claude/agent-memory/${NAMED}/stripe.md`]: '- Stripe is called here.\n',
  '.claude/agent-memory/integrations-tech-lead/old.md': '- Of another agent.\n',
}

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterEach(() => world.journal.clear())
afterAll(() => world.stop())

let count = 0
/** A pull request on a default branch with these files. */
async function opened(files: Readonly<Record<string, string>>) {
  count += 1
  const repository = await world.createRepository({
    ...{ owner: `naming-${count}`, name: 'shop', private: true, roles: { dev: 'write' } },
    files: { 'README.md': '# Shop\n', ...files },
  })
  await world.push(repository, 'work', { author: 'dev', files: { 'a.ts': 'f()\n' } })
  const order = { repository, head: 'work', title: 'Work', author: 'dev' }
  const pull = await world.openPullRequest(order)
  world.journal.clear()
  return { repository, pull: ours(world, repository, pull.number) }
}

const asked = () =>
  world.journal
    .calls()
    .filter(({ caller }) => caller.kind === 'installation')
    .map(({ graphql, route }) => graphql ?? route)

test('the agent that the settings name is the one whose definition and memory are read', async () => {
  const { pull } = await opened(FILES)
  for (const { trusted } of [await pull.reader.opening(), await pull.reader.tip()]) {
    expect(trusted.agent).toEqual({ path: `.claude/agents/${NAMED}.md`, text: DEFINITION })
    expect(trusted.memory).toEqual([{ path: 'stripe.md', text: '- Stripe is called here.\n' }])
    expect(trusted.settings?.text).toBe(`agent: ${NAMED}\n`)
  }
  expect((await pull.reader.changes().snapshot()).trusted.agent?.text).toBe(DEFINITION)
})

test.each([
  ['after its review', true],
  ['by a job of its own', false],
])('what is learned is committed to the folder of that agent, %s', async (_, reviewed) => {
  const { repository, pull } = await opened(FILES)
  if (reviewed) await pull.reader.opening()
  const home = await pull.memoryHome()
  const tip = await home.tip()
  expect(tip.files.map(({ path }) => path)).toEqual(['stripe.md'])
  const edits = [{ path: 'acme.md', text: '- One fact.\n' }]
  const words = { headline: 'Remember', body: 'Tech-Lead-Run: r1' }
  const change = { branch: tip.branch, expected: tip.commit, ...words, edits }
  expect(await home.commit(change)).toMatchObject({ kind: 'committed' })
  expect(await repository.git.run(['show', '--name-only', '--format=', 'main'])).toBe(
    `.claude/agent-memory/${NAMED}/acme.md\n`,
  )
})

test('a repository that names none is asked no more for it', async () => {
  const { pull } = await opened({})
  await pull.reader.opening()
  await pull.memoryHome()
  expect(asked()).toHaveLength(1)
})

test('settings with a mistake name nobody, and no name leads out of the folder', async () => {
  for (const agent of ['../../.github/workflows', 'Acme Lead', `${NAMED}\nunknown: 1`]) {
    const { pull } = await opened({ ...FILES, '.github/tech-lead.yml': `agent: ${agent}\n` })
    const { trusted } = await pull.reader.opening()
    expect(trusted.memory.map(({ path }) => path)).toEqual(['old.md'])
    expect(asked()).toHaveLength(1)
  }
})

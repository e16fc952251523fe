import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { entryId } from '#core/memory/memory-entry'
import { writeMemory } from '#flow/write-memory'
import { createClock } from '../flow/memory-world.ts'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours } from './reach.ts'

const FOLDER = '.claude/agent-memory/integrations-tech-lead'
const BRANCH = 'tech-lead/memory'
const INTRODUCTION = 'tech-lead/onboarding'

// Each write is a dozen requests, and each of them some processes of git.
vi.setConfig({ testTimeout: 120_000 })

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

const protect = (on: Stage) =>
  world.protectBranch(on.repository, 'main', [{ type: 'pull_request' }] as never)
const shown = (on: Stage, branch: string, file: string) =>
  on.repository.git.run(['show', `${branch}:${FOLDER}/${file}`]).catch(() => null)
const proposals = (on: Stage) =>
  on.repository.pulls.filter(({ head }) => head.branch === BRANCH).map(({ state }) => state)

/** The app's first pull request, with a first memory. */
async function introduce(on: Stage) {
  const memory = `# Stripe\n\n- The first memory. [${entryId('The first memory.')}]\n`
  await world.push(on.repository, INTRODUCTION, {
    files: { '.github/tech-lead.yml': '# settings\n', [`${FOLDER}/stripe.md`]: memory },
  })
  return world.openPullRequest({
    ...{ repository: on.repository, head: INTRODUCTION, title: 'Introduction', author: 'dev' },
  })
}

let runs = 0
/** Writes one fact as a review does, a minute after the last one. */
async function write(on: Stage, text: string, pace: 'calm' | 'quick' = 'calm') {
  runs += 1
  const { clock } = createClock()
  const now = world.now() + (pace === 'calm' ? 120_000 : 0)
  return writeMemory(
    {
      home: () => ours(world, on.repository, on.pull.number).memoryHome(),
      clock: { ...clock, now: () => now },
      random: () => 0.5,
    },
    {
      ...{ agent: 'integrations-tech-lead', pull: on.pull.number, edits: [] },
      trailer: `Tech-Lead-Run: run-${runs}`,
      learnings: [{ topic: 'stripe', text, citation: null, anchor: null, source: 'agent' }],
    },
  )
}

describe('where the default branch refuses', () => {
  test('three writers at the same moment share one pull request, and nothing of theirs is lost', async () => {
    const t = await stage(world)
    protect(t)
    const facts = ['The first of three.', 'The second of three.', 'The third of three.']
    const written = await Promise.all(facts.map((fact) => write(t, fact)))
    expect(proposals(t)).toEqual(['open'])
    expect(written.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed'])
    const text = (await shown(t, BRANCH, 'stripe.md')) ?? ''
    expect(facts.filter((fact) => !text.includes(fact))).toEqual([])
    expect(world.violations).toEqual([])
  })

  test('everything is in one pull request, which is never forced and never doubled', async () => {
    const t = await stage(world)
    protect(t)
    const first = await write(t, 'The first fact.')
    expect(first).toMatchObject({ kind: 'committed' })
    const second = await write(t, 'The second fact.')
    expect(second).toMatchObject({
      kind: 'committed',
      proposal: 'proposal' in first && first.proposal,
    })
    expect(await write(t, 'The second fact.')).toMatchObject({ kind: 'unchanged' })
    expect(proposals(t)).toEqual(['open'])
    expect(await shown(t, 'main', 'stripe.md')).toBeNull()
    const text = await shown(t, BRANCH, 'stripe.md')
    expect([text?.includes('The first fact.'), text?.includes('The second fact.')]).toEqual([
      ...[true, true],
    ])
    expect(world.journal.requests('PATCH /repos/{owner}/{repo}/git/refs/{ref}')).toEqual([])
    expect(world.violations).toEqual([])
  })

  test('what people write on the branch stays, and what they delete there does not come back', async () => {
    const t = await stage(world)
    protect(t)
    await write(t, 'A fact that they keep.')
    await write(t, 'A fact that they delete.')
    const text = (await shown(t, BRANCH, 'stripe.md')) ?? ''
    const lines = text.split('\n').filter((line) => !line.includes('they delete'))
    const edited = `${lines.join('\n')}\nTheir words.\n`
    await world.push(t.repository, BRANCH, { files: { [`${FOLDER}/stripe.md`]: edited } })
    await write(t, 'A fact that they delete.')
    await write(t, 'A third fact.')
    const now = await shown(t, BRANCH, 'stripe.md')
    expect(now).toContain('Their words.')
    expect(now).toContain('A third fact.')
    expect(now).not.toContain('they delete')
  })

  test('the branch follows the default branch, and a conflict is left to a person', async () => {
    const t = await stage(world)
    await world.push(t.repository, 'main', { files: { [`${FOLDER}/stripe.md`]: '# Stripe\n' } })
    protect(t)
    await write(t, 'A fact about Stripe.')
    await world.push(t.repository, 'main', { files: { 'src/new.ts': 'new\n' } })
    await write(t, 'Another fact.')
    expect(await t.repository.git.run(['show', `${BRANCH}:src/new.ts`])).toBe('new\n')
    await world.push(t.repository, 'main', {
      files: { [`${FOLDER}/stripe.md`]: '# Stripe\n\nTheir own page.\n' },
    })
    expect(await write(t, 'A third fact.')).toMatchObject({ kind: 'committed' })
    expect(await shown(t, 'main', 'stripe.md')).toBe('# Stripe\n\nTheir own page.\n')
    expect(proposals(t)).toEqual(['open'])
  })

  test('a proposal that was closed is not proposed again, and the next one begins anew', async () => {
    const t = await stage(world)
    protect(t)
    await write(t, 'A fact that nobody wants.')
    const proposal = t.repository.pulls.find(({ head }) => head.branch === BRANCH)
    if (proposal) await world.close(t.repository, proposal, 'dev')
    expect(await write(t, 'A fact that nobody wants.')).toMatchObject({ kind: 'unchanged' })
    expect(await write(t, 'Another fact.')).toMatchObject({ kind: 'committed' })
    expect(proposals(t)).toEqual(['closed', 'open'])
    expect(await shown(t, BRANCH, 'stripe.md')).not.toContain('nobody wants')
  })

  test('an introduction that is open takes it in, and no second pull request is opened', async () => {
    const t = await stage(world)
    const pull = await introduce(t)
    protect(t)
    expect(await write(t, 'A fact.')).toMatchObject({ kind: 'committed', proposal: pull.number })
    await write(t, 'Another fact.')
    expect(proposals(t)).toEqual([])
    const text = await shown(t, INTRODUCTION, 'stripe.md')
    expect([text?.includes('A fact.'), text?.includes('Another fact.')]).toEqual([true, true])
    await world.close(t.repository, pull, 'dev')
    expect(await write(t, 'A fact.')).toMatchObject({ kind: 'unchanged' })
  })

  test('a proposal that was open before the introduction stays the one that is added to', async () => {
    const t = await stage(world)
    protect(t)
    const first = await write(t, 'A fact.')
    await introduce(t)
    expect(await write(t, 'Another fact.')).toMatchObject({
      proposal: 'proposal' in first && first.proposal,
    })
    expect(await shown(t, INTRODUCTION, 'stripe.md')).not.toContain('Another fact.')
  })

  test('after the merge of a proposal the next one holds only what is new', async () => {
    const t = await stage(world)
    protect(t)
    await write(t, 'A merged fact.')
    const proposal = t.repository.pulls.find(({ head }) => head.branch === BRANCH)
    if (proposal) await world.merge(t.repository, proposal, 'dev')
    expect(await shown(t, 'main', 'stripe.md')).toContain('A merged fact.')
    expect(await write(t, 'A merged fact.')).toMatchObject({ kind: 'unchanged' })
    await write(t, 'A new fact.')
    expect(proposals(t)).toEqual(['closed', 'open'])
  })

  test('at most two commits a minute are made there too', async () => {
    const t = await stage(world)
    protect(t)
    await write(t, 'One fact.', 'quick')
    await write(t, 'Two facts.', 'quick')
    expect(await write(t, 'Three facts.', 'quick')).toMatchObject({ kind: 'postponed' })
  })
})

describe('where the default branch accepts', () => {
  test('an introduction that is open takes everything in, so that its files never conflict', async () => {
    const t = await stage(world)
    const pull = await introduce(t)
    await world.push(t.repository, 'main', { files: { 'src/new.ts': 'new\n' } })
    expect(await write(t, 'A fact.')).toMatchObject({ kind: 'committed', proposal: pull.number })
    expect(await write(t, 'The first memory.')).toMatchObject({ kind: 'unchanged' })
    expect([await shown(t, 'main', 'stripe.md'), proposals(t)]).toEqual([null, []])
    expect(await t.repository.git.run(['show', `${INTRODUCTION}:src/new.ts`])).toBe('new\n')
    await world.merge(t.repository, pull, 'dev')
    const text = await shown(t, 'main', 'stripe.md')
    expect([text?.includes('The first memory.'), text?.includes('A fact.')]).toEqual([true, true])
    expect(world.violations).toEqual([])
  })

  test('once it is merged or closed, facts are committed where it would have brought them', async () => {
    const t = await stage(world)
    const pull = await introduce(t)
    await world.merge(t.repository, pull, 'dev')
    const after = await write(t, 'A fact.')
    expect(after).toMatchObject({ kind: 'committed' })
    expect('proposal' in after).toBe(false)
    expect(await shown(t, 'main', 'stripe.md')).toContain('A fact.')
    const closed = await stage(world)
    await world.close(closed.repository, await introduce(closed), 'dev')
    await write(closed, 'A fact.')
    expect(await shown(closed, 'main', 'stripe.md')).toContain('A fact.')
  })

  test('a branch of that name in a fork is nobody’s introduction', async () => {
    const t = await stage(world)
    const fork = await world.fork(t.repository, 'stranger')
    await world.push(fork, INTRODUCTION, { files: { 'README.md': 'hello\n' } })
    await world.openPullRequest({
      ...{ repository: t.repository, fork, head: INTRODUCTION },
      ...{ title: 'Introduction', author: 'stranger' },
    })
    await write(t, 'A fact.')
    expect(await shown(t, 'main', 'stripe.md')).toContain('A fact.')
  })
})

test('settings that ask for a pull request get one where the branch would take a commit', async () => {
  const t = await stage(world)
  const settings = 'memory: { mode: pull-request }\n'
  await world.push(t.repository, 'main', { files: { '.github/tech-lead.yml': settings } })
  expect(await write(t, 'A fact.')).toMatchObject({ kind: 'committed' })
  expect([proposals(t), await shown(t, 'main', 'stripe.md')]).toEqual([['open'], null])
})

test('settings that switch memory off are obeyed by whoever writes', async () => {
  const t = await stage(world)
  await world.push(t.repository, 'main', {
    files: { '.github/tech-lead.yml': 'memory: { mode: off }\n' },
  })
  expect(await write(t, 'A fact.')).toMatchObject({
    ...{ kind: 'refused', because: 'the settings switch memory off' },
  })
})

describe('where nothing can be written', () => {
  test('a ruleset over all branches, with its words', async () => {
    const t = await stage(world)
    protect(t)
    world.protectBranch(t.repository, BRANCH, [{ type: 'creation' }] as never)
    expect(await write(t, 'A fact.')).toMatchObject({
      ...{ kind: 'refused', because: expect.stringContaining('Repository rule violations found') },
    })
    expect(proposals(t)).toEqual([])
  })

  test('an app without permission for contents', async () => {
    const t = await stage(world)
    const installation = world.installationOf(t.repository)
    const { contents: _, ...others } = installation.permissions
    world.setInstallationPermissions(installation, { ...others, contents: 'read' })
    expect(await write(t, 'A fact.')).toMatchObject({ kind: 'refused' })
  })

  test('an archived repository', async () => {
    const t = await stage(world)
    t.repository.isArchived = true
    expect(await write(t, 'A fact.')).toMatchObject({ kind: 'refused' })
    expect(proposals(t)).toEqual([])
  })
})

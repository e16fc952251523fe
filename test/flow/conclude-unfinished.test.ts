import { expect, test } from 'vitest'
import { concludeUnfinished, type UnfinishedRun } from '#flow/conclude-unfinished'
import { fakeClock, fakeRun, reviewJob } from '../support/fake-run.ts'
import { fakePull, HEAD, plan, problem, QUIET } from './fake-pull.ts'

function stage(unfinished: Partial<UnfinishedRun> = {}) {
  const { world, pull } = fakePull()
  const clock = fakeClock()
  const run = fakeRun(clock, {
    'open-check': { status: 'done', objectId: '5', attempts: 1, intendedAt: 0 },
  })
  world.checks.push({
    ...{ id: 5, externalId: run.key, headSha: HEAD, status: 'in_progress', conclusion: null },
    ...{ title: 'Reviewing', summary: '', annotationCount: 0 },
  })
  const one: UnfinishedRun = {
    ...{ runKey: run.key, job: reviewJob(), headSha: HEAD, state: 'dead', because: null },
    ...unfinished,
  }
  const adoptions = { left: 1 }
  const conclude = (list = [one]) =>
    concludeUnfinished({
      runs: {
        openRunsWithoutEnd: async () => list,
        adopt: async () => {
          adoptions.left -= 1
          return adoptions.left < 0 ? null : run
        },
      },
      ...{ pullRequest: () => pull, clock, visibilityMs: 1_000, log: QUIET },
    })
  const check = () => world.checks.find(({ id }) => id === 5)
  return { world, pull, run, conclude, check, adoptions, one }
}

test.each(['superseded', 'cancelled'])(
  'a run that was %s closes its check as cancelled',
  async (state) => {
    const s = stage({ state, because: 'a newer head' })
    await s.conclude()
    expect(s.check()).toMatchObject({
      ...{ status: 'completed', conclusion: 'cancelled', title: 'Called off: a newer head' },
    })
  },
)

test.each([
  [null, 'neutral'],
  ['review:\n  on_error: failure\n', 'failure'],
  ['review:\n  on_error: action_required\n', 'action_required'],
  ['review: [', 'neutral'],
])('a dead run ends as the repository wants: %j', async (text, conclusion) => {
  const s = stage({ because: 'GitHub refused' })
  const settings = text === null ? null : { path: '.github/tech-lead.yml', text }
  s.world.opening = { trusted: { commit: 'c', settings, agent: null, memory: [] } }
  await s.conclude()
  expect(s.check()).toMatchObject({ status: 'completed', conclusion })
  expect(s.check()?.title).toMatch(/^Not reviewed: GitHub refused/)
})

test('a dead run whose plan was frozen loses no finding: the check has them', async () => {
  const s = stage({ because: 'GitHub refused' })
  await s.run.freeze(plan())
  await s.conclude()
  expect(s.check()).toMatchObject({ conclusion: 'neutral' })
  expect(s.check()?.title).toBe('Reviewed, 1 finding, not posted in full: GitHub refused')
  expect(s.check()?.summary).toContain('all of it')
})

test('a reason is shown as words, without secrets and without markup', async () => {
  const s = stage({
    state: 'dead',
    because: `@everyone </details> ghp_${'a'.repeat(36)} ${'x'.repeat(300)}`,
  })
  await s.conclude()
  expect(s.check()?.title.length).toBeLessThanOrEqual(255)
  expect(`${s.check()?.title}${s.check()?.summary}`).not.toContain('ghp_')
  expect(s.check()?.summary).toContain('`@everyone </details>')
})

test('a check that cannot be completed now is tried again, and stops no other', async () => {
  const s = stage()
  s.pull.status.updateCheck = () => Promise.reject(problem('github.unreachable', 'retry'))
  await s.conclude()
  expect(s.run.effects.get('conclude-check')?.status).toBe('intended')
})

test('a check out of reach for good is let go', async () => {
  const s = stage()
  s.pull.status.updateCheck = () => Promise.reject(problem('github.gone', 'gone'))
  await s.conclude()
  expect(s.run.effects.get('conclude-check')?.status).toBe('done')
})

test('a check of a suspended installation is kept for the day it is resumed', async () => {
  const s = stage()
  s.pull.status.updateCheck = () => Promise.reject(problem('github.suspended', 'gone'))
  await s.conclude()
  expect(s.run.effects.get('conclude-check')?.status).toBe('intended')
})

test('two workers close one check once', async () => {
  const s = stage({ state: 'superseded' })
  await s.conclude([s.one, s.one])
  expect(s.world.writes).toEqual(['update-check'])
})

test('a run that never opened a check opens none', async () => {
  const s = stage()
  s.run.effects.clear()
  await s.conclude()
  expect([s.world.writes, s.run.effects.get('conclude-check')?.status]).toEqual([[], 'done'])
})

test('a bug is thrown', async () => {
  const s = stage()
  s.pull.status.updateCheck = () => Promise.reject(new TypeError('bug'))
  await expect(s.conclude()).rejects.toThrow('bug')
})

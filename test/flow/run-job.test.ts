import { expect, test } from 'vitest'
import type { Job } from '#core/job/job'
import { Problem } from '#core/problem'
import type { Runs } from '#flow/ports'
import { type JobNeeds, runJob } from '#flow/run-job'
import { fakeClock, reviewJob } from '../support/fake-run.ts'
import { fakePull, problem, QUIET } from './fake-pull.ts'

const { kind: _k, trigger: _t, head: _h, ...place } = reviewJob()

function needs(failure: unknown = null) {
  const { pull, world } = fakePull({ open: false })
  if (failure !== null) pull.reader.opening = () => Promise.reject(failure)
  const superseded: string[] = []
  const runs: Runs = {
    open: () => Promise.reject(new Error('not here')),
    supersede: async (key) => {
      superseded.push(key)
      return []
    },
    ofPull: async () => [],
    pullsOf: async () => [],
  }
  // Only what these jobs touch: the rest fails loudly when it is touched.
  const parts = {
    runs,
    pullRequest: () => pull,
    clock: fakeClock(),
    markerKeys: [new Uint8Array(32)],
  }
  const all = {
    review: { ...parts, log: QUIET },
    status: () => pull.status,
    conversation: () => pull,
    agent: 'lead',
  }
  return { needs: all as unknown as JobNeeds, superseded, world }
}

const openCheck = (id: number, headSha: string) => ({
  ...({ id, externalId: 'lost', headSha, status: 'in_progress', annotationCount: 0 } as const),
  ...{ conclusion: null, title: 'Reviewing', summary: '' },
})

test.each<[string, Problem, object]>([
  ['the world was busy', new Problem('x', 'retry', 'busy'), { kind: 'retry' }],
  [
    'a limit names its time',
    new Problem('x', 'retry', 'slow', { retryAfterMs: 90_000 }),
    { kind: 'wait', delayMs: 90_000 },
  ],
  [
    'a push came in between',
    new Problem('x', 'retry', 'moved', { retryAfterMs: 0 }),
    { kind: 'wait', delayMs: 2_000 },
  ],
  [
    'GitHub asks to wait',
    new Problem('github.rate-limited', 'retry', 'slow', { retryAfterMs: 90_000 }),
    { kind: 'wait', delayMs: 90_000, limited: true },
  ],
  ['a person has to mend it', new Problem('x', 'told', 'no permission'), { kind: 'dead' }],
  ['it is gone', new Problem('x', 'gone', 'deleted'), { kind: 'done', because: 'deleted' }],
])('when %s, the job ends accordingly', async (_, failure, end) => {
  expect(await runJob(needs(failure).needs, reviewJob(), 0)).toMatchObject(end)
})

test('a bug is thrown, not turned into an outcome', async () => {
  await expect(runJob(needs(new TypeError('bug')).needs, reviewJob(), 0)).rejects.toThrow('bug')
})

test('a closed pull request calls off what was running', async () => {
  const world = needs()
  expect(await runJob(world.needs, reviewJob(), 0)).toMatchObject({
    kind: 'done',
    because: 'closed',
  })
  expect(world.superseded).toEqual(['1/7#12'])
})

test('a check that was lost with the store is ended when its pull request closes', async () => {
  const { needs: it, world } = needs()
  const head = 'c'.repeat(40)
  world.checks.push(openCheck(1, head), openCheck(2, 'd'.repeat(40)))
  const job: Job = { ...place, kind: 'settle', head, merged: false }
  // What a settled pull request leaves in the memory is not the matter here, and not at hand.
  await runJob(it, job, 0).catch(() => null)
  expect(world.checks.map(({ id, conclusion }) => [id, conclusion])).toEqual([
    [1, 'cancelled'],
    [2, null],
  ])
})

test('a pull request that became a draft calls off what was running', async () => {
  const world = needs()
  const job: Job = { ...place, kind: 'withdraw' }
  expect((await runJob(world.needs, job, 0)).kind).toBe('done')
  expect(world.superseded).toEqual(['1/7#12'])
})

test('a merge queue gets one completed check, however often it asks', async () => {
  const world = needs()
  const { pull: _p, ...inRepository } = place
  const job: Job = { ...inRepository, kind: 'merge-group', head: 'd'.repeat(40) }
  await runJob(world.needs, job, 0)
  await runJob(world.needs, job, 0)
  expect(world.world.checks.map((check) => [check.status, check.conclusion])).toEqual([
    ['completed', 'success'],
  ])
})

test('a merge queue where the app may not write checks is no failure', async () => {
  const { needs: it, world } = needs()
  const { pull: _p, ...inRepository } = place
  world.before = () => {
    throw problem('github.forbidden', 'told')
  }
  const job: Job = { ...inRepository, kind: 'merge-group', head: 'd'.repeat(40) }
  expect((await runJob(it, job, 0)).kind).toBe('done')
})

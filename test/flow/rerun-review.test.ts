import { expect, test } from 'vitest'
import type { Job } from '#core/job/job'
import { rerunReview } from '#flow/rerun-review'
import { reviewJob } from '../support/fake-run.ts'

const { kind: _k, trigger: _t, pull: _p, ...origin } = reviewJob()
const asker = { login: 'dev', userId: 11, bot: false }
const job: Extract<Job, { kind: 'rerun' }> = {
  ...origin,
  ...{ kind: 'rerun', externalId: 'f'.repeat(32), checkRunId: 5, ...asker },
}

test('a re-run without a pull request is led back to it, with the name of who pressed', async () => {
  const asked: unknown[] = []
  const queued: Job[] = []
  const runs = {
    pullsOf: async (check: unknown) => {
      asked.push(check)
      return [12]
    },
  }
  const said = await rerunReview({ runs, enqueue: async (one) => queued.push(one) }, job)
  expect(said).toBe('queued for #12')
  expect(asked).toEqual([
    { installation: 1, repository: 7, externalId: job.externalId, head: job.head },
  ])
  expect(queued).toEqual([
    { ...origin, kind: 'review', pull: 12, trigger: { kind: 'rerun', checkRunId: 5, ...asker } },
  ])
})

test('a check that no run of ours knows queues nothing', async () => {
  const enqueue = () => Promise.reject(new Error('not here'))
  const said = await rerunReview({ runs: { pullsOf: async () => [] }, enqueue }, job)
  expect(said).toBe('no pull request is known for this check run')
})

import { describe, expect, test } from 'vitest'
import type { OpenPull } from '#flow/onboarding-port'
import { inBothHomes, reviewJob, until } from '../support/store-homes.ts'

const HEAD = 'a'.repeat(40)
const OLD = 'b'.repeat(40)
const open = (number: number, more: Partial<OpenPull> = {}): OpenPull => ({
  ...{ number, head: HEAD, updatedAt: Date.now() - 60_000, ours: false },
  ...more,
})

inBothHomes((home) => {
  const standingOf = async (job: ReturnType<typeof reviewJob>, more: Partial<OpenPull> = {}) =>
    (await home().store.standings(job, [open(job.pull, more)])).get(job.pull)

  describe('a pull request', () => {
    test('that nobody has heard of is new, and of no other installation or repository', async () => {
      const job = reviewJob()
      await home().store.runs.open(job, { headSha: HEAD, baseRef: 'main' })
      expect(await standingOf({ ...job, installation: 12 })).toBe('new')
      expect(await standingOf({ ...job, repository: { ...job.repository, id: 23 } })).toBe('new')
      expect(await home().store.standings(job, [])).toEqual(new Map())
    })

    test('is covered by a run of its head in any state, moved with one of another', async () => {
      for (const state of ['claimed', 'done', 'superseded', 'cancelled'] as const) {
        const job = reviewJob()
        const opened = await home().store.runs.open(job, { headSha: HEAD, baseRef: 'main' })
        if (opened.kind !== 'claimed') throw new Error('the run is held')
        if (state !== 'claimed') await opened.run.finish(state, null)
        expect(await standingOf(job)).toBe('covered')
        expect(await standingOf(job, { head: OLD })).toBe('moved')
      }
    })

    test('is covered by a review that waits, whatever head it names, and by no other job', async () => {
      const job = reviewJob({ head: '' })
      await home().store.jobs.enqueue(job)
      expect(await standingOf(job)).toBe('covered')
      const { delivery, installation, repository, pull } = reviewJob()
      const settle = { version: 1, delivery, installation, repository, pull } as const
      await home().store.jobs.enqueue({ ...settle, kind: 'settle', merged: false })
      expect(await standingOf(reviewJob({ pull }))).toBe('new')
    })

    test('is covered by a review that ended without a run, until it changes again', async () => {
      const { jobs, desk } = home().store
      const [draft, broken] = [reviewJob({ head: HEAD }), reviewJob({ head: HEAD })]
      await jobs.enqueue(draft)
      await jobs.enqueue(broken)
      await jobs.work(
        async ({ delivery }) =>
          delivery === broken.delivery
            ? { kind: 'dead', because: 'no' }
            : { kind: 'done', because: 'it is a draft' },
        { reviews: 1 },
      )
      await until('both have ended', async () => {
        const waiting = await desk.list({ limit: 1_000 })
        return waiting.every(
          ({ state, key }) => state === 'dead' || !key.endsWith(`#${draft.pull}`),
        )
      })
      await until('one is dead', async () =>
        (await desk.list({ state: 'dead' })).some(({ job }) => job?.delivery === broken.delivery),
      )
      expect(await standingOf(draft)).toBe('covered')
      expect(await standingOf(draft, { head: OLD })).toBe('new')
      expect(await standingOf(draft, { updatedAt: Date.now() + 60_000 })).toBe('new')
      expect(await standingOf(broken, { updatedAt: Date.now() + 60_000 })).toBe('covered')
      expect(await standingOf(broken, { head: OLD })).toBe('new')
    })
  })
})

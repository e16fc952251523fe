import { expect, test, vi } from 'vitest'
import type { Job } from '#core/job/job'
import { inBothHomes, reviewJob } from '../support/store-homes.ts'

const look = (installation: number, id: number): Job => ({
  version: 1,
  installation,
  delivery: 'd',
  kind: 'first-look',
  repository: { id, owner: 'acme', name: `r${id}`, private: true },
})

inBothHomes((home) => {
  const store = () => home().store

  test('what became of a first look is kept by repository; a refused one may be tried again', async () => {
    const { looks } = store()
    expect(await looks.result(1, 2)).toBeNull()
    await looks.end(1, 2, 'no integration code')
    await looks.end(1, 3, 'refused: no permission')
    expect(await looks.result(1, 2)).toBe('no integration code')
    expect([await looks.result(1, 3), await looks.result(2, 2)]).toEqual([null, null])
    await looks.pause(1, 5_000)
    expect([await looks.pausedUntil(1), await looks.pausedUntil(2)]).toEqual([5_000, 0])
  })

  test('the same repository waits for one look, however often it is named', async () => {
    const { jobs, desk } = store()
    await jobs.enqueueMany([look(30, 1), look(30, 2)])
    await jobs.enqueueMany([look(30, 2), look(30, 3)])
    const waiting = (await desk.list({ state: 'waiting', limit: 100 })).filter(
      ({ job }) => job?.installation === 30,
    )
    expect(waiting).toHaveLength(3)
  })

  test('what goes takes its jobs, runs and waiting memory along, and nobody else’s', async () => {
    const { jobs, desk, runs, looks, forget, pauses } = store()
    const of = (installation: number) =>
      reviewJob({
        installation,
        repository: { id: 9, owner: 'acme', name: 'shop', private: true },
        pull: 1,
      })
    for (const installation of [40, 41]) {
      await jobs.enqueueMany([look(installation, 9), look(installation, 10)])
      await looks.end(installation, 9, 'seen')
      await runs.open(of(installation), { headSha: 'a'.repeat(40), baseRef: 'main' })
      const pause = { paused: true, by: 'lena', because: 'later', at: 1 }
      await pauses.set(`${installation}/9#1`, pause)
    }
    const left = async () => {
      const listed = await desk.list({ state: 'waiting', limit: 500 })
      const count = (installation: number) =>
        listed.filter(({ job }) => job?.installation === installation).length
      return {
        jobs: [count(40), count(41)],
        looks: [await looks.result(40, 9), await looks.result(41, 9)],
        runs: [(await runs.ofPull('40/9#1')).length, (await runs.ofPull('41/9#1')).length],
        paused: [await pauses.of('40/9#1'), await pauses.of('41/9#1')].map((one) => one !== null),
      }
    }
    await forget(40, [9])
    const others = { runs: [0, 1], paused: [false, true], looks: [null, 'seen'] }
    expect(await left()).toEqual({ jobs: [1, 2], ...others })
    await forget(40, null)
    expect(await left()).toEqual({ jobs: [0, 2], ...others })
  })

  // The last one: its workers go on until the store closes.
  test('jobs that wait for an installation are due at once when it is resumed', async () => {
    const { jobs, wake } = store()
    const tries: number[] = []
    await jobs.enqueueMany([look(50, 1)])
    await jobs.work(
      async ({ installation }) => {
        tries.push(installation)
        return { kind: 'wait', delayMs: 3_600_000, because: 'suspended' }
      },
      { reviews: 1 },
    )
    const times = () => tries.filter((installation) => installation === 50).length
    await vi.waitFor(() => expect(times()).toBe(1), 20_000)
    await vi.waitFor(async () => {
      await wake(50)
      expect(times()).toBe(2)
    }, 20_000)
  })
})

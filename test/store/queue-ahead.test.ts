import { expect, test } from 'vitest'
import { inBothHomes, reviewJob, until } from '../support/store-homes.ts'

inBothHomes((home) => {
  test('hundreds of reviews of one installation keep another waiting for one slot at most', async () => {
    const { jobs } = home().store
    const order: number[] = []
    for (let pull = 0; pull < 200; pull += 1) await jobs.enqueue(reviewJob({ installation: 1 }))
    await jobs.enqueue(reviewJob({ installation: 2 }))
    await jobs.enqueue(reviewJob({ installation: 2 }))
    await jobs.enqueue(
      reviewJob({
        installation: 1,
        trigger: {
          ...{ kind: 'command', commentId: 7, surface: 'conversation', full: false },
          ...{ login: 'lena', userId: 8, bot: false },
        },
      }),
    )
    await jobs.work(
      async (job) => {
        order.push(job.installation)
        return { kind: 'done' }
      },
      { reviews: 1 },
    )
    await until('six have run', () => order.length >= 6)
    // First what a person asked for, then the installations in turn.
    expect(order.slice(0, 5)).toEqual([1, 1, 2, 1, 2])
  })
})

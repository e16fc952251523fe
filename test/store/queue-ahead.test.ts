import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { JobHandler } from '#store/jobs'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { embeddedHome, inBothHomes, onPostgres, reviewJob, until } from '../support/store-homes.ts'

/** Installation 1 is busy; 2 and 3 come after it. */
const TWENTY = [...Array<number>(15).fill(1), 2, 2, 2, 3, 3]

/** Reviews that take their time, as those that wait for the model do. */
function slowReviews() {
  const seen = { started: [] as number[], ended: 0, inside: 0, most: 0 }
  const review: JobHandler = async (job) => {
    seen.started.push(job.installation)
    seen.inside += 1
    seen.most = Math.max(seen.most, seen.inside)
    await sleep(30)
    seen.inside -= 1
    seen.ended += 1
    return { kind: 'done' }
  }
  return { seen, review }
}

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

test('of twenty reviews as many run at once as there are workers, and no installation starves', async () => {
  const home = await embeddedHome(usedDataDir())
  const { jobs, close } = await home.open()
  try {
    const { seen, review } = slowReviews()
    for (const installation of TWENTY) await jobs.enqueue(reviewJob({ installation }))
    await jobs.work(review, { reviews: 2 })
    await until('all have run', () => seen.ended === TWENTY.length)
    expect(seen.most).toBe(2)
    // In turns: 1 2 3, 1 2 3, 1 2.
    expect(seen.started.slice(0, 8).filter((installation) => installation > 1)).toHaveLength(5)
  } finally {
    await close()
    await home.remove()
  }
})

onPostgres((home) => {
  test('two processes with one worker each run two of twenty reviews at once, in turns as well', async () => {
    const [one, other] = await Promise.all([home().open(), home().open()])
    try {
      const { seen, review } = slowReviews()
      for (const installation of TWENTY) await one.jobs.enqueue(reviewJob({ installation }))
      for (const { jobs } of [one, other]) await jobs.work(review, { reviews: 1 })
      await until('all have run', () => seen.ended === TWENTY.length)
      expect(seen.most).toBe(2)
      expect(seen.started.slice(0, 8).filter((installation) => installation > 1)).toHaveLength(5)
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  })
})

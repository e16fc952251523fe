import { afterEach, expect, test } from 'vitest'
import type { Job } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { startBoss } from '#store/boss'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { createJobs } from '#store/jobs'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  impatient,
  quietLog,
  reviewJob,
  sleep,
  statementsDuring,
  until,
} from '../support/store-homes.ts'

// In the embedded store no notification is sent: whoever queues a job wakes a worker.

const stopping: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop()
})

/** Workers in a store of their own; `doOne` queues a job and waits until it was tried. */
async function working(reviews: number, releasePull: () => Promise<void>) {
  const dir = await usedDataDir()
  const database = await openEmbeddedDatabase(dir.path, quietLog)
  const boss = await startBoss(database, quietLog, impatient)
  stopping.push(async () => {
    await boss.stop({ graceful: false })
    await database.close()
    await dir.remove()
  })
  const jobs = createJobs({
    ...{ boss, database, log: quietLog, leaseMs: 2_000 },
    ...{ clock: { now: () => Date.now() }, drain: new AbortController().signal },
    runs: { releasePull, markDead: async () => {} },
  })
  const tried = new Set<string>()
  const handler = async (job: Job) => {
    tried.add(jobKey(job))
    return { kind: 'done' } as const
  }
  await jobs.work(handler, { reviews })
  return {
    async doOne() {
      const job = reviewJob()
      await jobs.enqueue(job)
      await until('it was tried', () => tried.has(jobKey(job)))
      await sleep(20)
    },
  }
}

test('one job has one worker look for it, and whoever did it looks once more', async () => {
  const { doOne } = await working(3, async () => {})
  const JOBS = 20
  const begun = performance.now()
  const statements = await statementsDuring(async () => {
    for (let job = 0; job < JOBS; job += 1) await doOne()
  })
  const looks = statements.filter((text) => /\bnext as\b.*'review'/is.test(text)).length
  // All look once a second besides, in case that nobody woke them.
  const polls = 3 * Math.ceil((performance.now() - begun) / 1_000 + 1)
  expect(looks).toBeGreaterThanOrEqual(JOBS)
  expect(looks).toBeLessThanOrEqual(JOBS * 2 + polls)
})

test('a worker whose jobs cannot be closed is woken all the same', async () => {
  const { doOne } = await working(1, async () => {
    throw new Error('the store is away')
  })
  const begun = performance.now()
  for (let job = 0; job < 10; job += 1) await doOne()
  // Left to itself it looks once a second.
  expect(performance.now() - begun).toBeLessThan(5_000)
})

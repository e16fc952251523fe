import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { DEAD_QUEUE, DEFAULT_RETRY, QUEUES, startBoss } from '#store/boss'
import type { Database } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import type { JobPayload } from '#store/job-payload'
import { readPayload } from '#store/job-payload'
import { migrate } from '#store/migrate'
import { recoverActiveJobs } from '#store/recover-active-jobs'
import { QUIET } from '../flow/fake-pull.ts'
import { reviewJob } from '../support/store-homes.ts'

const folder = mkdtempSync(join(tmpdir(), 'recover-'))
let database: Database
let boss: PgBoss

beforeAll(async () => {
  database = await openEmbeddedDatabase(folder, QUIET)
  await migrate(database)
  boss = await startBoss(database, QUIET, DEFAULT_RETRY)
}, 60_000)

afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => database.query('delete from pgboss.job'))

async function queue(job: ReviewJob): Promise<string> {
  const payload: JobPayload = { since: 1, waits: 0, blame: 0, job }
  await boss.send(QUEUES.review, payload, { singletonKey: jobKey(job) })
  return jobKey(job)
}

const WAITS = `name = '${QUEUES.review}' and state = 'created'`

/** Time passes until the next job is due; then a process takes what it can. */
async function takeDue(): Promise<readonly { id: string; key: string }[]> {
  await database.query(
    `update pgboss.job set start_after = start_after - (
       select greatest(min(start_after) - now(), '0') from pgboss.job where ${WAITS})
     where ${WAITS}`,
  )
  const taken = await boss.fetch<unknown>(QUEUES.review, { batchSize: 20 })
  return taken.map(({ id, data }) => {
    const read = readPayload(data)
    if (!read.ok) throw new Error(read.because)
    return { id, key: jobKey(read.payload.job) }
  })
}

const recover = () => recoverActiveJobs({ database, boss, clock: { now: () => 5 }, log: QUIET })
const dead = async () => (await boss.findJobs<JobPayload>(DEAD_QUEUE)).map(({ data }) => data.job)

/** A process that dies of one job, over and over; gives what it finished and how often it died. */
async function live(culprit: string): Promise<{ finished: Set<string>; deaths: number }> {
  const finished = new Set<string>()
  let deaths = 0
  for (;;) {
    const taken = await takeDue()
    if (taken.length === 0) return { finished, deaths }
    if (taken.some(({ key }) => key === culprit)) {
      deaths += 1
      await recover()
      continue
    }
    for (const { id, key } of taken) {
      await boss.complete(QUEUES.review, id)
      finished.add(key)
    }
  }
}

test('a job that kills its process every time ends up dead, and none of those beside it', async () => {
  const before = [await queue(reviewJob()), await queue(reviewJob())]
  const culprit = reviewJob()
  await queue(culprit)
  const after = [await queue(reviewJob()), await queue(reviewJob())]
  const { finished, deaths } = await live(jobKey(culprit))
  expect([...finished].sort()).toEqual([...before, ...after].sort())
  expect(await dead()).toEqual([culprit])
  expect(deaths).toBeLessThanOrEqual(11)
})

test('a job that is alone is given up after eight deaths', async () => {
  const culprit = reviewJob()
  await queue(culprit)
  expect(await live(jobKey(culprit))).toEqual({ finished: new Set(), deaths: 8 })
  expect(await dead()).toEqual([culprit])
})

test('no try is counted, and the job starts at once', async () => {
  const key = await queue(reviewJob())
  await takeDue()
  await recover()
  const [again] = await boss.fetch(QUEUES.review, { includeMetadata: true })
  expect(again).toMatchObject({ singletonKey: key, retryCount: 0 })
})

test('a newer job of the same pull request that waits stands, and does what this one was for', async () => {
  const asked = {
    ...({ kind: 'command', commentId: 9, surface: 'conversation', full: false } as const),
    ...{ login: 'dev', userId: 11, bot: false },
  }
  const newer = reviewJob({ head: 'newer' })
  const { head, ...begun } = { ...newer, head: 'older', trigger: asked }
  await queue({ ...begun, head })
  await takeDue()
  await queue(newer)
  await recover()
  const waiting = await boss.findJobs<JobPayload>(QUEUES.review, { queued: true })
  expect(waiting.map(({ data }) => data.job)).toEqual([
    { ...newer, absorbed: [{ head, trigger: asked, delivery: newer.delivery }], earlier: [head] },
  ])
})

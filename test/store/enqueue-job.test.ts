import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { QUEUES, startBoss } from '#store/boss'
import type { Database } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { enqueueJob, giveWay, requeueJob } from '#store/enqueue-job'
import { type JobPayload, readPayload } from '#store/job-payload'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { quietLog, reviewJob } from '../support/store-homes.ts'

// No worker runs here: what begins, begins by `take`.

const clock = { now: () => 1_000 }
let database: Database
let boss: PgBoss
let remove: () => Promise<void>

beforeAll(async () => {
  const dir = await usedDataDir()
  remove = dir.remove
  database = await openEmbeddedDatabase(dir.path, quietLog)
  boss = await startBoss(database, quietLog, { limit: 5, delaySeconds: 60, maxDelaySeconds: 60 })
}, 60_000)
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
  await remove()
})
beforeEach(() => database.query('delete from pgboss.job'))

const enqueue = (job: ReviewJob) => enqueueJob({ boss, database, clock }, job)
const wish = (commentId: number) => ({
  ...({ kind: 'command', commentId, surface: 'conversation', full: false } as const),
  ...{ login: 'dev', userId: 11, bot: false },
})
function jobOf(data: unknown): ReviewJob {
  const read = readPayload(data)
  if (!read.ok || read.payload.job.kind !== 'review') throw new Error('no review')
  return read.payload.job
}
const take = async () => (await boss.fetch<JobPayload>(QUEUES.review, { includeMetadata: true }))[0]
const waiting = () => boss.findJobs<JobPayload>(QUEUES.review, { queued: true })
const asked = ({ trigger, absorbed = [] }: ReviewJob) =>
  [...absorbed, { trigger }].map((one) => ('commentId' in one.trigger ? one.trigger.commentId : 0))
const payloadOf = (job: ReviewJob, since: number): JobPayload => ({
  ...{ since, waits: 0, blame: 0 },
  job,
})

test('a review that began after it was looked at keeps what it was told, and the new one waits', async () => {
  const job = reviewJob({ trigger: wish(1) })
  await enqueue(job)
  let begun: Awaited<ReturnType<typeof take>>
  const slow = {
    query: async (text: string, params?: readonly unknown[]) => {
      if (text.startsWith('update')) begun ??= await take()
      return database.query(text, params)
    },
  }
  expect(await enqueueJob({ boss, database: slow, clock }, { ...job, trigger: wish(2) })).toBe(
    'queued',
  )
  const [active] = await boss.findJobs(QUEUES.review, { id: begun?.id ?? '' })
  expect(active).toMatchObject({ state: 'active' })
  expect(asked(jobOf(active?.data))).toEqual([1])
  expect((await waiting()).map(({ data }) => asked(jobOf(data)))).toEqual([[2]])
})

test('the wishes of all that wait for one pull request go to the newest place', async () => {
  const job = reviewJob({ trigger: wish(1) })
  await enqueue(job)
  await boss.fail(QUEUES.review, (await take())?.id ?? '')
  await boss.send(QUEUES.review, payloadOf({ ...job, trigger: wish(2) }, 1), {
    singletonKey: jobKey(job),
  })
  expect(await waiting()).toHaveLength(2)
  expect(await enqueue({ ...job, trigger: wish(3) })).toBe('replaced')
  const found = (await waiting()).map(({ state, data }) => [state, asked(jobOf(data)).sort()])
  expect(found).toContainEqual(['created', [1, 2, 3]])
})

test.each([
  ['null', 'null::jsonb'],
  ['a number that JavaScript cannot hold', `'{"since": 12345678901234567890}'`],
  ['a number beyond all bounds', `'{"since": 1e400}'`],
  ['another version', `'{"version": 9}'`],
])('a payload that nobody can read is replaced at once: %s', async (_, sql) => {
  const job = reviewJob()
  await enqueue(job)
  await database.query(`update pgboss.job set data = ${sql} where name = 'review'`)
  expect(await enqueue({ ...job, head: 'new' })).toBe('replaced')
  expect((await waiting()).map(({ data }) => jobOf(data).head)).toEqual(['new'])
})

test('a place that changes each time it is looked at is an error to try again, and no endless loop', async () => {
  const job = reviewJob()
  await enqueue(job)
  const contested = {
    query: async (text: string, params?: readonly unknown[]) =>
      text.startsWith('update') ? [] : database.query(text, params),
  }
  await expect(enqueueJob({ boss, database: contested, clock }, job)).rejects.toMatchObject({
    code: 'store.unavailable',
  })
})

test('a push that takes the place of what a person asked for starts as soon as that would have', async () => {
  const job = reviewJob({ trigger: wish(1) })
  await enqueue(reviewJob())
  await enqueue(job)
  await enqueue(reviewJob({ trigger: wish(2) }))
  const { trigger } = reviewJob()
  await enqueue({ ...job, head: 'pushed', trigger })
  expect(jobOf((await take())?.data)).toMatchObject({ head: 'pushed', trigger })
})

test('a comment that takes the place of a push goes before other pushes', async () => {
  const job = reviewJob()
  await enqueue(reviewJob())
  await enqueue(job)
  await enqueue({ ...job, trigger: wish(1) })
  expect(asked(jobOf((await take())?.data)).at(-1)).toBe(1)
})

test('what takes the place of a failed try starts at once, with all its tries and all its time', async () => {
  const job = reviewJob()
  await enqueue(job)
  await boss.fail(QUEUES.review, (await take())?.id ?? '')
  const [before] = await waiting()
  expect(before).toMatchObject({ state: 'retry' })
  await database.query(`update pgboss.job set retry_count = 4 where name = 'review'`)
  await enqueue({ ...job, head: 'new' })
  const [after] = await waiting()
  expect(after).toMatchObject({ retryCount: 0 })
  const keeping = (one = before) => Number(one?.keepUntil) - Number(one?.startAfter)
  expect(keeping(after)).toBe(keeping(before))
  const begun = await take()
  expect(begun).toMatchObject({ retryCount: 0 })
  expect(jobOf(begun?.data).head).toBe('new')
})

test('of a begun review and one that waits the newer leads and does both, when the waiting one would', async () => {
  for (const [since, head] of [
    [500, 'waits'],
    [2_000, 'begun'],
  ] as const) {
    const job = reviewJob({ head: 'waits', trigger: wish(1) })
    await enqueue(job)
    await database.query(
      `update pgboss.job set start_after = now() + interval '1 hour' where name = 'review'`,
    )
    const [before] = await waiting()
    const begun = payloadOf({ ...job, head: 'begun', trigger: wish(2) }, since)
    expect(await giveWay({ boss, database }, begun)).toBe(true)
    const [after, ...more] = await waiting()
    expect(more).toEqual([])
    expect(jobOf(after?.data).head).toBe(head)
    expect(asked(jobOf(after?.data)).sort()).toEqual([1, 2])
    expect(after?.startAfter).toEqual(before?.startAfter)
    await database.query('delete from pgboss.job')
  }
})

test('what a person asked for goes before pushes also where it joins a push that waits', async () => {
  const job = reviewJob()
  await enqueue(reviewJob())
  await enqueue({ ...job, head: 'waits' })
  const begun = payloadOf({ ...job, trigger: wish(1) }, 500)
  expect(await giveWay({ boss, database }, begun)).toBe(true)
  expect(jobOf((await take())?.data).head).toBe('waits')
})

test('a review that is alone gives way to nobody', async () => {
  expect(await giveWay({ boss, database }, payloadOf(reviewJob(), 1))).toBe(false)
  expect(await waiting()).toEqual([])
})

test('begun work that is queued again remembers since when, and how often it was put off', async () => {
  const payload = { ...payloadOf(reviewJob(), 7), waits: 3 }
  await requeueJob({ boss, database }, payload, 0)
  expect((await take())?.data).toEqual(payload)
})

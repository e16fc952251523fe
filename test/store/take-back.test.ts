import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { wishOf } from '#core/job/absorb'
import type { ReviewJob } from '#core/job/job'
import { jobKey } from '#core/job/job'
import { DEAD_QUEUE, DEFAULT_RETRY, QUEUES, startBoss } from '#store/boss'
import type { Database } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { enqueueJob } from '#store/enqueue-job'
import type { JobPayload } from '#store/job-payload'
import { migrate } from '#store/migrate'
import { openPostgresDatabase } from '#store/postgres-database'
import { takeBack } from '#store/take-back'
import { QUIET } from '../flow/fake-pull.ts'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { postgresMissing, startPostgres } from '../support/postgres.ts'
import { reviewJob } from '../support/store-homes.ts'

const COMMAND = {
  ...({ kind: 'command', commentId: 5, surface: 'conversation', full: false } as const),
  ...{ login: 'dev', userId: 11, bot: false },
}

const homes =
  postgresMissing() === null ? (['embedded', 'postgres'] as const) : (['embedded'] as const)

describe.each(homes)('on %s', (kind) => {
  let database: Database
  let boss: PgBoss
  const ends: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    if (kind === 'embedded') {
      const { path, remove } = await usedDataDir()
      ends.push(remove)
      database = await openEmbeddedDatabase(path, QUIET)
    } else {
      const postgres = await startPostgres()
      ends.push(() => postgres.stop())
      database = await openPostgresDatabase(postgres.url, QUIET)
    }
    await migrate(database)
    boss = await startBoss(database, QUIET, DEFAULT_RETRY)
    ends.push(database.close, () => boss.stop({ graceful: false }))
  }, 60_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })
  beforeEach(() => database.query('delete from pgboss.job'))

  const enqueue = (job: ReviewJob) =>
    enqueueJob({ boss, database, clock: { now: () => Date.now() } }, job)
  const take = async () => (await boss.fetch<JobPayload>(QUEUES.review))[0]?.data.job
  /** The processes that hold what is active are killed, and the queue notices. */
  const killed = async () => {
    await database.query(
      `update pgboss.job set heartbeat_on = now() - interval '10 minutes' where state = 'active'`,
    )
    await database.query('update pgboss.queue set monitor_claim_on = null, monitor_on = null')
    await boss.supervise(QUEUES.review)
  }
  const jobs = async (queue: string) =>
    (await boss.findJobs<JobPayload>(queue, { queued: true })).map(({ data }) => data.job)

  /** The first review of a pull request waits for its next try, the second lies dead. */
  async function twoKills(): Promise<{ first: ReviewJob; second: ReviewJob }> {
    const first = reviewJob({ head: 'first' })
    const second: ReviewJob = { ...first, head: 'second', trigger: COMMAND }
    await enqueue(first)
    expect(await take()).toEqual(first)
    await enqueue(second)
    await killed()
    expect(await take()).toEqual(second)
    await killed()
    expect(await jobs(DEAD_QUEUE)).toEqual([second])
    return { first, second }
  }

  test('a review whose process died while an earlier one waited is done with that one', async () => {
    const { first, second } = await twoKills()
    await takeBack({ boss, database, log: QUIET })
    expect(await jobs(DEAD_QUEUE)).toEqual([])
    const waiting = await jobs(QUEUES.review)
    expect(waiting.map(jobKey)).toEqual([jobKey(first)])
    expect(waiting).toMatchObject([{ ...second, absorbed: [wishOf(first)] }])
  })

  test('taken back twice, or after the earlier one was done, it is queued once', async () => {
    const { second } = await twoKills()
    await database.query(`delete from pgboss.job where name = '${QUEUES.review}'`)
    vi.spyOn(boss, 'deleteJob').mockRejectedValueOnce(new Error('killed'))
    await expect(takeBack({ boss, database, log: QUIET })).rejects.toThrow('killed')
    await takeBack({ boss, database, log: QUIET })
    expect([await jobs(QUEUES.review), await jobs(DEAD_QUEUE)]).toEqual([[second], []])
  })

  test('what has lain there for longer is left to a person', async () => {
    const { second } = await twoKills()
    await database.query(
      `update pgboss.job set created_on = now() - interval '2 hours' where name = $1`,
      [DEAD_QUEUE],
    )
    await takeBack({ boss, database, log: QUIET })
    expect(await jobs(DEAD_QUEUE)).toEqual([second])
  })

  test('what has had all its tries stays dead, and so does what its own work gave up', async () => {
    const tired = reviewJob({ pull: 31 })
    await enqueue(tired)
    await take()
    await database.query('update pgboss.job set retry_count = retry_limit')
    await killed()
    const hopeless = reviewJob({ pull: 32 })
    await enqueue(hopeless)
    const [held] = await boss.fetch<JobPayload>(QUEUES.review)
    await database.query('update pgboss.job set retry_limit = 0 where name = $1', [QUEUES.review])
    await boss.fail(QUEUES.review, held?.id ?? '', { because: 'no plan can be read' })
    await takeBack({ boss, database, log: QUIET })
    expect(await jobs(QUEUES.review)).toEqual([])
    expect((await jobs(DEAD_QUEUE)).map(jobKey).sort()).toEqual(
      [tired, hopeless].map(jobKey).sort(),
    )
  })
})

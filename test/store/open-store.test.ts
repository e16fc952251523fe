import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jobKey } from '#core/job/job'
import { lockDataDir } from '#store/data-dir-lock'
import { SCHEMA_VERSION } from '#store/migrate'
import { openStore } from '#store/open-store'
import { plan } from '../support/sample-plan.ts'
import {
  embeddedHome,
  freshHome,
  onPostgres,
  quietLog,
  reviewJob,
  sleep,
  until,
} from '../support/store-homes.ts'

const open = (databaseUrl: string | null, dataDir = '/nonexistent') =>
  openStore({
    databaseUrl,
    dataDir,
    clock: { now: () => Date.now() },
    log: quietLog,
    leaseMs: 2_000,
  })

test.each([
  ['not a url', 'DATABASE_URL is not an address of Postgres'],
  ['mysql://root:hunter2@localhost/app', 'DATABASE_URL is not an address of Postgres'],
  ['postgres://ada:hunter2@127.0.0.1:1/app', 'Postgres at 127.0.0.1:1/app as ada'],
  ['postgres://ada:hunter2@nowhere.invalid/app', 'Postgres at nowhere.invalid:5432/app as ada'],
  ['postgres://ada:hun%zzter2@127.0.0.1:1/app', 'Postgres at 127.0.0.1:1/app as ada'],
])('the address %s is refused in one line without the password', async (address, words) => {
  const failure: unknown = await open(address).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'store.unreachable', kind: 'told' })
  const message = failure instanceof Error ? failure.message : ''
  expect(message).toContain(words)
  expect(message).not.toMatch(/hunter2|hun%|\n/)
})

test('a data directory that cannot be made is refused in one line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tech-lead-file-'))
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(open(null, join(file, 'data'))).rejects.toMatchObject({
    code: 'store.unwritable',
    kind: 'told',
  })
  await rm(folder, { recursive: true })
})

test('a data directory that holds something else is refused, and its lock is let go', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tech-lead-broken-'))
  await writeFile(join(folder, 'pglite'), 'not a database')
  await expect(open(null, folder)).rejects.toMatchObject({ code: 'store.unreadable' })
  lockDataDir(folder).release()
  await rm(folder, { recursive: true })
})

test('an embedded store keeps everything over a restart, and refuses a newer schema', async () => {
  const home = await embeddedHome()
  const job = reviewJob()
  const first = await home.open()
  const opened = await first.runs.open(job, { headSha: 'h', baseRef: 'main' })
  if (opened.kind !== 'claimed') throw new Error(opened.kind)
  await opened.run.freeze(plan)
  await first.jobs.enqueue(job)
  await first.notes.set('sweep', 'then')
  await first.close(1_000)
  const second = await home.open()
  expect(await second.notes.get('sweep')).toBe('then')
  expect((await second.desk.list()).map(({ key, state }) => [key, state])).toEqual([
    [jobKey(job), 'waiting'],
  ])
  const again = await second.runs.open(job, { headSha: 'h', baseRef: 'main' })
  if (again.kind !== 'claimed') throw new Error(again.kind)
  expect(await again.run.plan()).toEqual(plan)
  await second.close(1_000)
  await home.sql(`insert into tech_lead_schema (version) values (${SCHEMA_VERSION + 1})`)
  await expect(home.open()).rejects.toMatchObject({
    code: 'store.newer-schema',
    kind: 'told',
    message: expect.stringContaining(`version ${SCHEMA_VERSION + 1}`),
  })
  await home.remove()
})

onPostgres((home) => {
  const databaseUrl = () => home().databaseUrl ?? ''
  const fresh = (name: string) => freshHome(home(), name)

  test('a wrong database name is said in one line', async () => {
    const wrong = databaseUrl().replace(/[^/]+$/, 'nowhere')
    await expect(open(wrong)).rejects.toMatchObject({
      code: 'store.unreachable',
      message: expect.stringMatching(/"nowhere" does not exist/),
    })
  })

  test('a newer schema is refused and left alone', async () => {
    const newer = await fresh('newer')
    await newer.sql('create table tech_lead_schema (version int not null, migrated_at timestamptz)')
    await newer.sql('insert into tech_lead_schema values (99, now())')
    await expect(newer.open()).rejects.toMatchObject({ code: 'store.newer-schema' })
    const tables = await newer.sql("select 1 from pg_tables where tablename = 'inbox'")
    expect(tables).toEqual([])
  })

  test('a database that holds tables of others is migrated beside them', async () => {
    const shared = await fresh('shared')
    await shared.sql('create table customers (name text)')
    await shared.sql("insert into customers values ('Ada')")
    const store = await shared.open()
    expect(await shared.sql('select * from customers')).toEqual([{ name: 'Ada' }])
    await store.close(1_000)
  })

  test('four processes may start on an empty database at the same moment', async () => {
    const empty = await fresh('crowd')
    const stores = await Promise.all([1, 2, 3, 4].map(() => empty.open()))
    expect(await empty.sql('select max(version) as version from tech_lead_schema')).toEqual([
      { version: SCHEMA_VERSION },
    ])
    await Promise.all(stores.map((store) => store.close(1_000)))
  })

  test('two stores share two hundred jobs, and each is done once', async () => {
    const shared = await fresh('pair')
    const stores = [await shared.open(), await shared.open()]
    const seen: string[] = []
    const byStore = [0, 0]
    const all = Array.from({ length: 200 }, () => reviewJob())
    for (const [index, store] of stores.entries()) {
      await store.jobs.work(
        async (job) => {
          seen.push(jobKey(job))
          byStore[index] = (byStore[index] ?? 0) + 1
          await sleep(5)
          return { kind: 'done' }
        },
        { reviews: 4 },
      )
    }
    await Promise.all(all.map((job, index) => stores[index % 2]?.jobs.enqueue(job)))
    await until('all are done', () => seen.length >= 200, 25_000)
    await sleep(300)
    expect([...seen].sort()).toEqual(all.map(jobKey).sort())
    expect(Math.min(...byStore)).toBeGreaterThan(0)
    await Promise.all(stores.map((store) => store.close(1_000)))
  })

  test('an arrival and a superseded head are noticed in the other process', async () => {
    const shared = await fresh('noticed')
    const [here, there] = [await shared.open({ leaseMs: 600 }), await shared.open()]
    let woken = 0
    there.inbox.onArrival(() => {
      woken += 1
    })
    const delivery = { event: 'push', action: null, body: '{}', receivedAt: 1 }
    await here.inbox.append({ guid: 'told-over-there', ...delivery })
    await until('the other is woken', () => woken > 0, 2_000)
    const job = reviewJob()
    const opened = await here.runs.open(job, { headSha: 'h', baseRef: 'main' })
    if (opened.kind !== 'claimed') throw new Error(opened.kind)
    expect((await there.runs.open(job, { headSha: 'h', baseRef: 'main' })).kind).toBe('busy')
    await there.runs.supersede(jobKey(job), null)
    await until('the worker is told', () => opened.run.signal.aborted, 2_000)
    expect(opened.run.signal.reason).toMatchObject({ code: 'run.superseded' })
    await Promise.all([here.close(1_000), there.close(1_000)])
  })

  test('one of two processes leads a task; the other follows when it resigns', async () => {
    const shared = await fresh('leaders')
    const [here, there] = [await shared.open(), await shared.open()]
    expect(await here.leadership.tryLead('sweep', 60_000)).toBe(true)
    expect(await there.leadership.tryLead('sweep', 60_000)).toBe(false)
    expect(await there.leadership.tryLead('purge', 1)).toBe(true)
    await sleep(20)
    expect(await here.leadership.tryLead('purge', 60_000)).toBe(true)
    await here.close(1_000)
    expect(await there.leadership.tryLead('sweep', 60_000)).toBe(true)
    await there.close(1_000)
  })

  test('closing tells the worker, waits for it, and leaves its job for the next process', async () => {
    const shared = await fresh('drained')
    const store = await shared.open()
    const job = reviewJob()
    const started = Promise.withResolvers<void>()
    let signalled = false
    await store.jobs.work(
      async (taken, { signal }) => {
        if (taken.kind !== 'review') return { kind: 'done' }
        const opened = await store.runs.open(taken, { headSha: 'h', baseRef: 'main' })
        if (opened.kind !== 'claimed') throw new Error(opened.kind)
        started.resolve()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        signalled = opened.run.signal.aborted
        await sleep(200)
        throw opened.run.signal.reason
      },
      { reviews: 1 },
    )
    await store.jobs.enqueue(job)
    await started.promise
    await store.close(5_000)
    expect(signalled).toBe(true)
    const next = await shared.open()
    const waiting = (await next.desk.list()).map(({ key, state, attempts }) => [
      key,
      state,
      attempts,
    ])
    expect(waiting).toEqual([[jobKey(job), 'waiting', 0]])
    expect((await next.runs.open(job, { headSha: 'h', baseRef: 'main' })).kind).toBe('claimed')
    await next.close(1_000)
  })

  test('a job of another version is laid aside with the reason', async () => {
    const shared = await fresh('versions')
    const store = await shared.open()
    const job = reviewJob()
    await store.jobs.enqueue(job)
    await shared.sql(`update pgboss.job set data = jsonb_set(data, '{job,version}', '2')`)
    let handled = 0
    await store.jobs.work(
      async () => {
        handled += 1
        return { kind: 'done' }
      },
      { reviews: 1 },
    )
    await until('it is dead', async () => (await store.desk.list({ state: 'dead' })).length === 1)
    const [dead] = await store.desk.list()
    expect(dead).toMatchObject({ key: jobKey(job), job: null, attempts: 1 })
    expect(dead?.because).toContain('job.version')
    expect(handled).toBe(0)
    await store.close(1_000)
  })

  test('a read-only store takes no delivery and remembers none', async () => {
    const shared = await fresh('readonly')
    const store = await shared.open()
    const switchTo = async (mode: string) => {
      await home().sql(`alter database readonly set default_transaction_read_only = ${mode}`)
      await home().sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'readonly'",
      )
    }
    const delivery = { guid: 'g', event: 'push', action: null, body: '{}', receivedAt: 1 }
    const failure = async (): Promise<unknown> =>
      store.inbox.append(delivery).then(
        () => null,
        (error: unknown) => error,
      )
    await switchTo('on')
    await until('the store is read-only', async () => String(await failure()).includes('read-only'))
    expect(await failure()).toMatchObject({ code: 'store.unavailable', kind: 'retry' })
    await switchTo('off')
    await until('it is stored', async () => (await failure()) === null)
    expect(await store.inbox.take(10)).toMatchObject([{ guid: 'g', attempt: 1 }])
    await store.close(1_000)
  })

  test('while the server is away, a delivery is refused with a reason to try again', async () => {
    const shared = await fresh('away')
    const store = await shared.open()
    await home().sql('alter database away with allow_connections false')
    await home().sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'away'",
    )
    const delivery = { guid: 'g', event: 'push', action: null, body: '{}', receivedAt: 1 }
    await until('the loss is seen', async () => {
      const failure: unknown = await store.ping().catch((error: unknown) => error)
      return failure !== undefined
    })
    await expect(store.inbox.append(delivery)).rejects.toMatchObject({ kind: 'retry' })
    await home().sql('alter database away with allow_connections true')
    await until('it is back', async () => {
      const answer = await store.inbox.append(delivery).catch(() => 'away')
      return answer === 'new'
    })
    await store.close(1_000)
  })
})

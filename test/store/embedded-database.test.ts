import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#store/database'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { type DataDir, embeddedDataDir } from '../support/embedded-data-dir.ts'
import { quietLog } from '../support/store-homes.ts'

let dir: DataDir
let database: Database
const warnings: string[] = []
beforeAll(async () => {
  dir = await embeddedDataDir()
  const log = { ...quietLog, warn: (_: object, text: string) => void warnings.push(text) }
  database = await openEmbeddedDatabase(dir.path, log)
  await database.query('create table shelf (name text primary key, size int)')
})
afterAll(async () => {
  await database.close()
  await dir.remove()
})

const queue = () => {
  if (database.queueAccess.kind !== 'adapter') throw new Error('no adapter')
  return database.queueAccess.db
}

const names = async () => {
  const rows = await database.query('select name from shelf order by name')
  return rows.map((row) => Object.values(Object(row))[0])
}

/** The thread that the store is in, as the next call to it shows. */
async function threadOf(work: () => Promise<unknown>): Promise<Worker> {
  const send = Worker.prototype.postMessage
  let seen: Worker | undefined
  Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof send>) {
    seen = this
    return send.apply(this, args)
  }
  await work().finally(() => {
    Worker.prototype.postMessage = send
  })
  if (seen === undefined) throw new Error('nothing was sent to a thread')
  return seen
}

test('a failed statement says so with its SQLSTATE and the constraint that it broke', async () => {
  await database.query("insert into shelf values ('twice', 1)")
  const again = database.query("insert into shelf values ('twice', 2)")
  await expect(again).rejects.toMatchObject({
    code: '23505',
    severity: 'ERROR',
    constraint: 'shelf_pkey',
    message: expect.stringContaining('duplicate key'),
  })
  await expect(database.query('select 1 +')).rejects.toMatchObject({ code: '42601' })
  const inside = database.transaction(({ query }) => query('select nothing from nowhere'))
  await expect(inside).rejects.toMatchObject({ code: '42P01' })
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('nothing comes between the statements of a transaction, and of a failed one nothing stays', async () => {
  const begun = Promise.withResolvers<void>()
  const may = Promise.withResolvers<void>()
  const failing = database.transaction(async ({ query }) => {
    await query("insert into shelf values ('undone', 1)")
    begun.resolve()
    await may.promise
    throw new Error('on second thoughts')
  })
  await begun.promise
  const others = [
    database.query("insert into shelf values ('alone', 1)"),
    database.transaction(({ query }) => query("insert into shelf values ('together', 1)")),
    queue().executeSql("insert into shelf values ('queued', 1)"),
  ]
  // A round trip to the thread: had the others not to wait, they would be answered by now.
  const first = await Promise.race([Promise.all(others), roundTrip().then(() => 'waiting')])
  expect(first).toBe('waiting')
  may.resolve()
  await expect(failing).rejects.toThrow('on second thoughts')
  await Promise.all(others)
  expect(await names()).toEqual(['alone', 'queued', 'together', 'twice'])
})

/** As long as a thread takes to answer, and then some. */
const roundTrip = () => new Promise((resolve) => setTimeout(resolve, 200))

test('a block of the job queue that fails leaves no transaction behind', async () => {
  const block = "begin; insert into shelf values ('half', 1); select 1/0; commit"
  await expect(
    Promise.all([queue().executeSql(block), database.query('select 1 as one')]),
  ).rejects.toMatchObject({ code: '22012' })
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  expect(await names()).not.toContain('half')
})

test('large values arrive whole, and as what they are', async () => {
  const text = 'Zażółć 🚀 '.repeat(500_000)
  const [row] = await database.query(
    `select $1::text as text, $2::jsonb as data, $3::bytea as bytes, now() as now, 2::bigint as big,
       array['a', null] as list from generate_series(1, 3)`,
    [text, JSON.stringify({ deep: [1, { two: null }] }), new Uint8Array([0, 255])],
  )
  expect(row).toEqual({
    text,
    data: { deep: [1, { two: null }] },
    bytes: new Uint8Array([0, 255]),
    now: expect.any(Date),
    big: 2,
    list: ['a', null],
  })
})

test('what GitHub waits for goes before every statement that waits already', async () => {
  const answered: string[] = []
  const ask = (name: string, work: Promise<unknown>) => work.then(() => void answered.push(name))
  const running = ask('running', database.query('select pg_sleep(0.3)'))
  const others = ['first', 'second', 'third'].map((name) =>
    ask(name, database.query("select 'for later'")),
  )
  const queued = ask('queued', queue().executeSql("select 'of the job queue'"))
  const urgent = ask('urgent', database.urgent.query("select 'at the door'"))
  await Promise.all([running, ...others, queued, urgent])
  expect(answered).toEqual(['running', 'urgent', 'first', 'second', 'third', 'queued'])
})

test('a statement whose text holds a semicolon is one, and several are several', async () => {
  const { executeSql } = queue()
  const one = await executeSql("select $1::text || ';' as text", ['a'])
  expect(one.rows).toEqual([{ text: 'a;' }])
  const several = await executeSql("select 'b' as text; select 'c;' as text")
  expect(several.rows).toEqual([{ text: 'b' }, { text: 'c;' }])
})

test('a thread that ends fails what was under way as an outage, and what was committed is there', async () => {
  warnings.length = 0
  await database.query("insert into shelf values ('kept', 1)")
  const thread = await threadOf(() => database.query('select 1'))
  const lost = { code: 'store.unavailable', kind: 'retry' }
  const inTransaction = database.transaction(async ({ query }) => {
    await query("insert into shelf values ('lost', 1)")
    void thread.terminate()
    await query('select pg_sleep(5)')
  })
  await expect(inTransaction).rejects.toMatchObject(lost)
  expect(await names()).toContain('kept')
  expect(await names()).not.toContain('lost')
  expect(warnings).toEqual(['embedded store ended and is opened again'])
  const next = await threadOf(() => database.query('select 1'))
  const asleep = database.query('select pg_sleep(5)')
  setImmediate(() => void next.terminate())
  await expect(asleep).rejects.toMatchObject({
    ...lost,
    message: expect.stringContaining('the thread of the embedded store ended'),
  })
})

test('a commit that fails ends its own transaction and no other', async () => {
  await database.query(
    'create table parts (name text references shelf deferrable initially deferred)',
  )
  for (let round = 0; round < 5; round += 1) {
    const failing = database.transaction(({ query }) =>
      query("insert into parts values ('of nothing')"),
    )
    const undone = database.transaction(async ({ query }) => {
      await query("insert into shelf values ('not wanted', 1)")
      await new Promise((resolve) => setTimeout(resolve, 5))
      throw new Error('on second thoughts')
    })
    await expect(failing).rejects.toMatchObject({ code: '23503' })
    await expect(undone).rejects.toThrow('on second thoughts')
  }
  expect(await names()).not.toContain('not wanted')
})

test('what was asked before the store is closed is done, and later on nothing opens it again', async () => {
  const other = await embeddedDataDir()
  const closing = await openEmbeddedDatabase(other.path, quietLog)
  const asked = [closing.query('select pg_sleep(0.2)')]
  for (let number = 0; number < 5; number += 1) asked.push(closing.query('select 1 as one'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  const closed = closing.close()
  const answers = await Promise.allSettled(asked)
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill('fulfilled'))
  await closed
  await expect(closing.query('select 1')).rejects.toMatchObject({ code: 'store.unavailable' })
  await other.remove()
})

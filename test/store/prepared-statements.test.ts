import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPreparedStatements, type PreparedStatements } from '#store/prepared-statements'
import { type DataDir, embeddedDataDir } from '../support/embedded-data-dir.ts'

let dir: DataDir
let pglite: PGlite
let statements: PreparedStatements
beforeAll(async () => {
  dir = await embeddedDataDir()
  pglite = await PGlite.create({ dataDir: `${dir.path}/pglite` })
  statements = createPreparedStatements(pglite)
  await pglite.exec('create table shelf (name text primary key, size int not null)')
})
afterAll(async () => {
  await pglite.close()
  await dir.remove()
})

const run = (text: string, params: readonly unknown[] = []) => statements.run(text, params)
const kept = async () => (await pglite.query('select name from pg_prepared_statements')).rows.length

test.each([
  ['text', 'select $1::text as it', ['Zażółć 🚀']],
  ['no text', 'select $1::text as it', [null]],
  ['nothing at all', 'select $1::text as it', [undefined]],
  ['numbers', 'select $1::int as it, $2::bigint as big, $3::float8 as half', [7, 2 ** 40, 0.5]],
  ['truth', 'select $1::bool as it', [true]],
  ['a moment', 'select $1::timestamptz as it', [new Date(1_700_000_000_123)]],
  ['an object', 'select $1::jsonb as it', [{ deep: [1, { two: null }] }]],
  ['bytes', 'select $1::bytea as it', [new Uint8Array([0, 255])]],
  [
    'lists',
    'select $1::text[] as it, $2::int[] as sizes',
    [
      ['a', 'b,"c"', null],
      [1, 2],
    ],
  ],
  ['what nothing gives a type', 'select $1 as it', ['plain']],
  ['no row', 'select 1 as it where false', []],
  ['several rows', 'select * from generate_series(1, $1) as it', [3]],
  ['no answer', 'create table if not exists other (name text)', []],
])('%s comes back as the database itself gives it', async (_, text, params) => {
  const expected = (await pglite.query(text, params)).rows
  expect(await run(text, params)).toEqual(expected)
  expect(await run(text, params)).toEqual(expected)
})

test.each([
  ['cannot be read', 'select 1 +', [], '42601'],
  ['has a value of the wrong kind', 'select $1::int as it', ['many'], '22P02'],
  ['breaks a constraint', "insert into shelf values ('twice', 1)", [], '23505'],
])('a statement that %s says so each time and harms no other', async (_, text, params, code) => {
  await run("insert into shelf values ('twice', 1) on conflict do nothing")
  const before = await kept()
  for (let time = 0; time < 3; time += 1) {
    await expect(run(text, params)).rejects.toMatchObject({ code, message: expect.any(String) })
    expect(await run('select 1 as one')).toEqual([{ one: 1 }])
  }
  expect(await kept()).toBeLessThanOrEqual(before + 1)
})

test('a transaction that failed answers nothing until it is rolled back', async () => {
  await pglite.query('begin')
  await run("insert into shelf values ('undone', 1)")
  await expect(run('select 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' })
  await expect(run('select 1 as one')).rejects.toMatchObject({ code: '25P02' })
  await pglite.query('rollback')
  expect(await run("select name from shelf where name = 'undone'")).toEqual([])
})

test('several that are asked at once are not mixed up, whether known or new', async () => {
  const asked = Array.from({ length: 20 }, (_, number) =>
    run(`select $1::int as it, '${number % 7}' as text`, [number]),
  )
  const failing = run('select nothing from nowhere')
  const answers = await Promise.all([...asked, failing.catch(() => 'failed')])
  expect(answers).toEqual([
    ...Array.from({ length: 20 }, (_, number) => [{ it: number, text: `${number % 7}` }]),
    'failed',
  ])
})

test('a table that has other columns now fails once and is read anew', async () => {
  await pglite.exec('create table changing (one int); insert into changing values (1)')
  const text = 'select * from changing'
  for (let time = 0; time < 3; time += 1) expect(await run(text)).toEqual([{ one: 1 }])
  await pglite.exec('alter table changing add column two int default 2')
  await expect(run(text)).rejects.toMatchObject({ code: '0A000' })
  expect(await run(text)).toEqual([{ one: 1, two: 2 }])
})

test('statements that are made for one time only do not pile up, and those in use stay', async () => {
  const used = 'select $1::text as in_use'
  await run(used, ['before'])
  const nameOf = async () =>
    (await pglite.query('select name from pg_prepared_statements where statement = $1', [used]))
      .rows
  const name = await nameOf()
  for (let number = 0; number < 600; number += 1) {
    await run(`select ${number} as made_once`)
    if (number % 50 === 0) await run(used, ['meanwhile'])
  }
  expect(await kept()).toBe(200)
  expect(name).toHaveLength(1)
  expect(await nameOf()).toEqual(name)
})

test('a plan that was made for an empty table does not outlive its growth for long', async () => {
  await pglite.exec('create table growing (id int, key text); create index on growing (key)')
  await pglite.exec('analyze growing')
  const text = 'select id from growing where key = $1 -- growing'
  for (let time = 0; time < 10; time += 1) await run(text, ['none'])
  const planOf = async () => {
    const { rows } = await pglite.query<{ name: string }>(
      'select name from pg_prepared_statements where statement = $1',
      [text],
    )
    return JSON.stringify(await pglite.exec(`explain execute ${rows[0]?.name}('none')`))
  }
  expect(await planOf()).toContain('Seq Scan')
  await pglite.exec("insert into growing select n, 'key ' || n from generate_series(1, 20000) as n")
  expect(await planOf()).toContain('Seq Scan')
  for (let time = 0; time < 1_000; time += 1) await run('select 1 as other')
  expect(await planOf()).toContain('Index Scan')
})

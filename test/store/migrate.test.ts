import { expect, test } from 'vitest'
import { openEmbeddedDatabase } from '#store/embedded-database'
import { migrate } from '#store/migrate'
import { embeddedDataDir } from '../support/embedded-data-dir.ts'
import { quietLog } from '../support/store-homes.ts'

test('an upgrade adds only what is new and keeps the rows; a failed one changes nothing', async () => {
  const dir = await embeddedDataDir()
  const database = await openEmbeddedDatabase(dir.path, quietLog)
  const first = 'create table shelf (name text); create index shelf_name on shelf (name);'
  const second = 'alter table shelf add column size int not null default 3'
  await migrate(database, [first])
  await database.query("insert into shelf values ('kept')")
  const broken = 'create table half (name text); create table shelf (name text)'
  await expect(migrate(database, [first, broken])).rejects.toThrow('already exists')
  expect(await database.query("select 1 from pg_tables where tablename = 'half'")).toEqual([])
  await migrate(database, [first, second])
  await migrate(database, [first, second])
  expect(await database.query('select * from shelf')).toEqual([{ name: 'kept', size: 3 }])
  await expect(migrate(database, [first])).rejects.toMatchObject({ code: 'store.newer-schema' })
  await database.close()
  await dir.remove()
}, 60_000)

import { expect, test } from 'vitest'
import * as z from 'zod'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { embeddedHome, type Home, onPostgres, reviewJob, until } from '../support/store-homes.ts'

const PHRASE = 'the pay button drops cents on a slow line'
const Table = z.object({ name: z.string() })

/** Every table of the database, the queue's too. */
async function tablesOf(home: Home): Promise<readonly string[]> {
  const tables = await home.sql(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  return tables.map((one) => Table.parse(one).name)
}

/** The tables with a row in which one of the phrases stands, each with that phrase. */
async function whereKept(home: Home, tables: readonly string[], phrases: readonly string[]) {
  const looks = tables.flatMap((table) =>
    phrases.map(
      (phrase) =>
        `select '${table}: ${phrase}' as name where exists (
           select 1 from ${table} as one where one::text like '%${phrase}%')`,
    ),
  )
  const kept = await home.sql(`${looks.join(' union all ')} order by 1`)
  return kept.map((one) => Table.parse(one).name)
}

/** From the arrival of a payload to the end of its job, with a look at what is stored meanwhile. */
async function followPayload(home: Home): Promise<void> {
  const guid = '72d3162e-cc78-11e3-81ab-4c9367dc0958'
  const body = JSON.stringify({ action: 'opened', pull_request: { title: PHRASE } })
  const arrives = await home.open()
  await arrives.inbox.append({
    ...{ guid, event: 'pull_request', action: 'opened', body },
    receivedAt: Date.now(),
  })
  await arrives.close(1_000)
  const tables = await tablesOf(home)
  expect(await whereKept(home, tables, [PHRASE])).toEqual([`public.inbox: ${PHRASE}`])
  const works = await home.open()
  expect(await works.inbox.take(1)).toMatchObject([{ guid, body }])
  await works.jobs.enqueue(reviewJob({ delivery: guid }))
  await works.inbox.settled(guid, 'job: review')
  let done = false
  await works.jobs.work(
    async () => {
      done = true
      return { kind: 'done' }
    },
    { reviews: 1 },
  )
  await until('the job is done', () => done)
  await works.close(1_000)
  const kept = await whereKept(home, tables, [PHRASE, guid])
  expect(kept).toContain(`public.inbox: ${guid}`)
  expect(kept.filter((name) => name.endsWith(PHRASE))).toEqual([])
}

test('an embedded store has nothing of a payload once its job is made', async () => {
  const home = await embeddedHome(usedDataDir())
  await followPayload(home)
  await home.remove()
}, 120_000)

onPostgres((home) => {
  test(
    'a database has nothing of a payload once its job is made',
    () => followPayload(home()),
    120_000,
  )
})

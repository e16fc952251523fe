import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { flood } from '../../bench/doors/load.ts'
import { letters, silentGitHub } from '../../bench/doors/standing.ts'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { removedAtExit, startServer } from '../support/server-process.ts'

const missing = postgresMissing()

async function storedGuids(url: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query('select guid from inbox')
  await client.end()
  return new Set(rows.map((row) => z.object({ guid: z.string() }).parse(row).guid))
}

describe.skipIf(missing)(missing ? `on Postgres (skipped: ${missing})` : 'on Postgres', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())

  test('whatever was answered with 2xx is there after the database crashed twice under fire', async () => {
    const world = await silentGitHub()
    const dataDir = await removedAtExit(usedDataDir())
    const server = await startServer(world, { dataDir, env: { DATABASE_URL: postgres.url } })
    const port = Number(new URL(server.url).port)
    const fire = flood(port, await letters(world), { connections: 16, forMs: 9_000 })
    for (let crash = 1; crash <= 2; crash += 1) {
      await sleep(2_000)
      await postgres.crash()
      await sleep(500)
      await postgres.restart()
    }
    const { accepted, refused } = await fire
    expect(accepted.length).toBeGreaterThan(50)
    expect(refused).toBeGreaterThan(0)
    const stored = await storedGuids(postgres.url)
    expect(accepted.filter((guid) => !stored.has(guid))).toStrictEqual([])
    await server.kill()
    await world.stop()
  })
})

import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runKey } from '#store/run-key'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { removedAtExit, startServer } from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { type Case, expectReviewedOnce, openFlawed, settled } from './flawed-pull-request.ts'

/**
 * What a server of schema version 4 left behind: one delivery that had arrived, one job that was
 * queued, and one review whose check was open when the process was killed.
 */
const DUMP = new URL('../fixtures/store-version-4.sql', import.meta.url)
/** Stands in the dump for what differs from run to run. */
const DUMPED = {
  installation: '3111111111',
  check: '3999999999',
  run: '6ecb538f5a9712fc6f0b694be59b3552',
  delivery: { guid: '00000000-0000-4000-8000-000000000003', body: 'THE BODY OF A DELIVERY' },
  queued: { repository: '3222222221', head: '1'.repeat(40) },
  halfDone: { repository: '3222222222', head: '2'.repeat(40) },
}

const missing = postgresMissing()

describe.skipIf(missing)(missing ? `on Postgres (skipped: ${missing})` : 'on Postgres', () => {
  let postgres: PostgresServer
  let world: GitHubWorld
  beforeAll(async () => {
    postgres = await startPostgres()
    world = await createGitHubWorld()
  })
  afterAll(async () => {
    await world?.stop()
    await postgres?.stop()
  })

  test('a store of the version before is taken over, and each piece of its work is done once', async () => {
    const arrived = await openFlawed(world, 'arrived')
    const queued = await openFlawed(world, 'queued')
    const halfDone = await openFlawed(world, 'half-done')
    await restore(postgres.url, dumpOf(world, { arrived, queued, halfDone }))
    const dataDir = await removedAtExit(usedDataDir())
    const server = await startServer(world, { dataDir, env: { DATABASE_URL: postgres.url } })
    for (const one of [arrived, queued, halfDone]) {
      await settled(world, one, 0, 90_000)
      await expectReviewedOnce(world, one)
    }
    expect(await server.stop()).toBe(0)
  }, 180_000)
})

/** The dump with the ids and commits of this world; opens the check that the dump speaks of. */
function dumpOf(
  world: GitHubWorld,
  { arrived, queued, halfDone }: Record<'arrived' | 'queued' | 'halfDone', Case>,
): string {
  const { id: installation } = world.installationOf(halfDone.repository)
  const { id: repository } = halfDone.repository
  const head = halfDone.pull.head.sha
  const key = runKey(JSON.stringify([installation, repository, 1, head, 'main', 'auto']), 0)
  const order = { appId: world.app.id, name: 'Integrations Tech Lead', headSha: head }
  const check = world.addForeignCheck(halfDone.repository, order)
  Object.assign(check, { status: 'in_progress', conclusion: null, externalId: key })
  const delivery = world.webhooks.log.find(
    ({ action, repositoryId }) => action === 'opened' && repositoryId === arrived.repository.id,
  )
  const body = JSON.stringify(delivery?.payload).replaceAll("'", "''")
  const words: readonly (readonly [string, string])[] = [
    [DUMPED.installation, String(installation)],
    [DUMPED.check, String(check.id)],
    [DUMPED.run, key],
    [DUMPED.queued.repository, String(queued.repository.id)],
    [DUMPED.queued.head, queued.pull.head.sha],
    [DUMPED.halfDone.repository, String(repository)],
    [DUMPED.halfDone.head, head],
    [DUMPED.delivery.guid, delivery?.guid ?? ''],
    [DUMPED.delivery.body, body],
  ]
  return words.reduce(
    (text, [from, to]) => text.replaceAll(from, () => to),
    readFileSync(DUMP, 'utf8'),
  )
}

async function restore(url: string, dump: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(dump)
  await client.end()
}

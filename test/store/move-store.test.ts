import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moveStore } from '#store/move-store'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { plan } from '../support/sample-plan.ts'
import {
  embeddedHome,
  freshHome,
  type Home,
  onPostgres,
  quietLog,
  reviewJob,
  until,
} from '../support/store-homes.ts'

const delivery = {
  guid: 'waits-for-dispatch',
  event: 'pull_request',
  action: 'opened',
  body: `{"words":"Zażółć 🚀","long":"${'x'.repeat(60_000)}"}`,
  receivedAt: 1_764_000_000_123,
}

function move(from: Home, to: Home) {
  const databaseUrl = to.databaseUrl ?? ''
  return moveStore({ dataDir: from.dataDir, databaseUrl, log: quietLog })
}

onPostgres((server) => {
  test('what an embedded store holds goes on in Postgres, each thing once', async () => {
    const from = await embeddedHome(usedDataDir())
    const to = await freshHome(server(), 'moved')
    const before = await from.open()
    const half = reviewJob()
    const queued = reviewJob()
    await before.inbox.append(delivery)
    await before.jobs.enqueue(queued)
    const opened = await before.runs.open(half, { headSha: half.head, baseRef: 'main' })
    if (opened.kind !== 'claimed') throw new Error('the run was not claimed')
    await opened.run.freeze(plan)
    await before.notes.set('next-sweep', '2026-11-28')
    await before.close(1_000)

    const moved = await move(from, to)
    expect([moved.get('inbox'), moved.get('runs'), moved.get('jobs')]).toEqual([1, 1, 1])
    expect(existsSync(`${from.dataDir}/pglite`)).toBe(false)

    const after = await to.open()
    const [taken] = await after.inbox.take(5)
    expect(taken).toEqual({ ...delivery, attempt: 1 })
    const done: number[] = []
    await after.jobs.work(
      async (job) => {
        if (job.kind === 'review') done.push(job.pull)
        return { kind: 'done' }
      },
      { reviews: 1 },
    )
    await until('the queued job is done', () => done.length > 0)
    expect(done).toEqual([queued.pull])
    const again = await after.runs.open(half, { headSha: half.head, baseRef: 'main' })
    expect(again.kind === 'claimed' && (await again.run.plan())).toEqual(plan)
    expect(await after.notes.get('next-sweep')).toBe('2026-11-28')
    expect(await after.inbox.append({ ...delivery, guid: 'a-later-one' })).toBe('new')
    await after.close(1_000)
    await from.remove()
  })

  test('a database that is in use is left alone, and so is the folder', async () => {
    const from = await embeddedHome(usedDataDir())
    const to = await freshHome(server(), 'in_use')
    const other = await to.open()
    await other.inbox.append({ ...delivery, guid: 'theirs' })
    await other.close(1_000)
    const own = await from.open()
    await own.inbox.append(delivery)
    await own.close(1_000)
    await expect(move(from, to)).rejects.toMatchObject({ code: 'store.used', kind: 'told' })
    expect(await to.sql('select guid from inbox')).toEqual([{ guid: 'theirs' }])
    const still = await from.open()
    expect(await still.inbox.knownGuids([delivery.guid])).toEqual(new Set([delivery.guid]))
    await still.close(1_000)
    await from.remove()
  })
})

test('a folder without a store is named, and none is made', async () => {
  const nowhere = { dataDir: '/nonexistent/data', databaseUrl: 'postgres://localhost:1/none' }
  await expect(moveStore({ ...nowhere, log: quietLog })).rejects.toMatchObject({
    code: 'store.nothing-to-move',
  })
})

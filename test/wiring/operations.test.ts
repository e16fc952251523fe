import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { plannedWrites, plannedWritesPage } from '#core/render/planned-writes'
import type { AdminJob } from '#server/admin'
import { openAdminSocket } from '#server/admin-socket'
import { createOperations } from '#wiring/operations'
import { plan } from '../support/sample-plan.ts'
import { freshHome, impatient, onPostgres, reviewJob, until } from '../support/store-homes.ts'

let dataDir = ''
let server: Server | null = null
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tech-lead-operations-'))
})
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  server = null
  rmSync(dataDir, { recursive: true, force: true })
})

const job = (id: string, change: Partial<AdminJob> = {}): AdminJob => ({
  id,
  kind: 'review',
  state: 'dead',
  installation: 3,
  repository: 'acme/shop',
  pull: 42,
  attempts: 5,
  createdAt: '2026-11-22T10:00:00.000Z',
  because: 'GitHub refused (422)',
  ...change,
})
const REVIEW: Plan['review'] = {
  body: 'One problem.',
  bodyWithoutComments: 'One problem, in src/pay.ts.',
  comments: [
    {
      ...{
        finding: 'tl-0123456789ab',
        path: 'src/pay.ts',
        side: 'RIGHT',
        line: 7,
        startLine: null,
      },
      body: 'Without a limit of time.',
    },
  ],
}
const FIRST = '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const SECOND = '11111111-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const ERRAND = '22222222-cccc-4ccc-8ccc-cccccccccccc'

const WRITES = plannedWrites(
  {
    ...{ pull: 'acme/shop#42', head: 'a'.repeat(40), state: 'done' },
    createdAt: '2026-11-22T10:00:00.000Z',
  },
  plan,
)

describe('over the socket of the server', () => {
  async function operate() {
    const asked: unknown[] = []
    const jobs = [
      job(FIRST),
      job(SECOND),
      job(ERRAND, { kind: 'settle', repository: null, pull: null, because: null }),
    ]
    server = await openAdminSocket(dataDir, {
      list: async (filter) => {
        asked.push(filter)
        return jobs
      },
      show: async (id) => jobs.find((one) => one.id === id) ?? null,
      plan: async (of) => {
        asked.push(of)
        if (of.pull === 500) throw new Problem('run.plan-unreadable', 'told', 'of another version')
        return of.pull === 42 ? WRITES : null
      },
      replay: async (id) => id === FIRST,
      discard: async (id) => {
        if (id === ERRAND) throw new Error('secret detail')
        return id === SECOND
      },
      halt: async (scope) => void asked.push(scope),
      resume: async (scope) => scope === 'acme/shop',
      halted: async () => ['all'],
      reconcile: async (request) => {
        asked.push(request)
        if (request.since === 0) throw new Problem('github.unreachable', 'retry', 'no answer')
        return {
          looked: 300,
          queued: request.go ? 1 : null,
          proposed: [
            {
              ...{ repository: 'acme/shop', pull: 42, head: '0123456789abcdef' },
              updatedAt: Date.parse('2026-11-22T10:00:30Z'),
            },
          ],
          left: [{ what: 'installation 4 (acme)', because: 'the app was suspended here' }],
        }
      },
    })
    return { asked, operations: createOperations({ DATA_DIR: dataDir }) }
  }

  test('jobs are listed with their state, place and reason', async () => {
    const { operations, asked } = await operate()
    const listed = await operations.jobs({ state: 'dead', limit: 7 })
    expect(asked).toEqual([{ state: 'dead', limit: 7 }])
    expect(listed.slice(1)).toEqual([
      {
        id: SECOND,
        columns: ['dead', 'review', '2026-11-22 10:00'],
        title: 'acme/shop#42: GitHub refused (422)',
      },
      { id: ERRAND, columns: ['dead', 'settle', '2026-11-22 10:00'], title: 'installation 3' },
    ])
  })

  test('a job is shown by its id or by the beginning of it that no other has', async () => {
    const { operations } = await operate()
    const page = await operations.showJob('22222222')
    expect(page).toBe(await operations.showJob(ERRAND))
    expect(page).toMatch(/^Job {11}22222222-cccc/)
    expect(page).toContain('\nBecause       no reason recorded\n')
    expect(await operations.showJob('11111111')).toBeNull()
    expect(await operations.showJob('22')).toBeNull()
    expect(await operations.showJob('../../metrics')).toBeNull()
  })

  test('a plan is asked for by its pull request, and is a page', async () => {
    const { operations, asked } = await operate()
    const of = { owner: 'acme', name: 'shop', pull: 42 }
    expect(await operations.plan(of)).toBe(plannedWritesPage(WRITES))
    expect(asked).toEqual([of])
    expect(await operations.plan({ ...of, pull: 43 })).toBeNull()
    await expect(operations.plan({ ...of, pull: 500 })).rejects.toMatchObject({
      message: 'The server could not do it: of another version',
    })
    await expect(operations.plan({ ...of, name: 'sh op' })).rejects.toMatchObject({
      message: 'The server could not do it: no such pull request',
    })
  })

  test('replaying and discarding say whether they did it', async () => {
    const { operations } = await operate()
    expect(await operations.replayJob('11111111-a')).toBe(true)
    expect(await operations.replayJob(SECOND)).toBe(false)
    expect(await operations.discardJob(SECOND)).toBe(true)
    await expect(operations.discardJob(ERRAND)).rejects.toMatchObject({
      name: 'Problem',
      message: 'The server could not do it: the store failed',
    })
  })

  test('catching up is done by the server, and what it found is listed', async () => {
    const { operations, asked } = await operate()
    const since = Date.parse('2026-11-20')
    expect(await operations.reconcile({ since, go: false })).toEqual({
      ...{ looked: 300, queued: null },
      proposed: [{ id: 'acme/shop#42', columns: ['0123456789ab'], title: '2026-11-22 10:00' }],
      left: ['installation 4 (acme): the app was suspended here'],
    })
    expect((await operations.reconcile({ since, go: true })).queued).toBe(1)
    expect(asked).toEqual([
      { since, go: false },
      { since, go: true },
    ])
    await expect(operations.reconcile({ since: 0, go: false })).rejects.toMatchObject({
      message: 'The server could not do it: no answer',
    })
    await expect(operations.reconcile({ since: -1, go: false })).rejects.toMatchObject({
      message: expect.stringContaining('since is a moment'),
    })
  })

  test('no server is one clear line that says where it was looked for', async () => {
    const { jobs } = createOperations({ DATA_DIR: dataDir })
    await expect(jobs({ state: null, limit: 1 })).rejects.toMatchObject({
      code: 'operator.no-server',
      message: `No server answers at ${join(dataDir, 'admin.sock')}. Start it with tech-lead serve, or set DATA_DIR or DATABASE_URL as the server has it.`,
    })
  })

  test('a store is moved to a named database only', async () => {
    const { move } = createOperations({ DATA_DIR: dataDir })
    await expect(move()).rejects.toMatchObject({ code: 'store.nowhere-to-move', kind: 'told' })
  })

  test('something else that answers on the socket is no server of ours', async () => {
    server = createServer((_, response) => response.end('<html>'))
    server.listen(join(dataDir, 'admin.sock'))
    await once(server, 'listening')
    await expect(createOperations({ DATA_DIR: dataDir }).showJob(FIRST)).rejects.toMatchObject({
      code: 'operator.no-server',
    })
  })
})

test('beside servers that share a database, catching up needs the environment of one', async () => {
  const { reconcile } = createOperations({ DATABASE_URL: 'postgres://127.0.0.1:1/none' })
  await expect(reconcile({ since: 1, go: true })).rejects.toThrow(/^environment: APP_ID /)
})

test('a bad address of the database is named and not repeated', async () => {
  const { jobs } = createOperations({ DATABASE_URL: 'mysql://root:hunter22@db/x' })
  await expect(jobs({ state: null, limit: 1 })).rejects.toThrow(
    /^environment: DATABASE_URL must start with postgres:\/\/(?!.*hunter22)/,
  )
})

onPostgres((home) => {
  const operationsOf = (url: string | null) => createOperations({ DATABASE_URL: url ?? '' })

  test('a dead job is found, replayed and discarded beside the server', async () => {
    const store = await home().open({ retry: impatient })
    const handled: number[] = []
    await store.jobs.work(
      async (_, attempt) => {
        handled.push(attempt.attempt)
        return { kind: 'dead', because: 'the settings are wrong' }
      },
      { reviews: 1 },
    )
    await store.jobs.enqueue(reviewJob({ pull: 7 }))
    const operations = operationsOf(home().databaseUrl)
    const dead = () => operations.jobs({ state: 'dead', limit: 10 })
    await until('the job is dead', async () => (await dead()).length === 1)
    const [listed] = await dead()
    expect(listed?.title).toBe('octo/shop#7: the settings are wrong')
    expect(await operations.replayJob((listed?.id ?? '').slice(0, 8))).toBe(true)
    await until('it was tried again', () => handled.length === 2)
    await until('it is dead again', async () => (await dead()).length === 1)
    const [again] = await dead()
    expect(await operations.discardJob(again?.id ?? '')).toBe(true)
    expect(await dead()).toEqual([])
    await store.close(1_000)
  })

  test('a plan is found beside the server, by the name in any case', async () => {
    const store = await home().open()
    const job = reviewJob({ repository: { id: 9, owner: 'Octo', name: 'Till', private: true } })
    const opened = await store.runs.open(job, { headSha: 'c'.repeat(40), baseRef: 'main' })
    if (opened.kind !== 'claimed') throw new Error('not claimed')
    const operations = operationsOf(home().databaseUrl)
    const of = { owner: 'octo', name: 'till', pull: job.pull }
    expect(await operations.plan(of)).toBeNull()
    await opened.run.freeze({ ...plan, review: REVIEW })
    await opened.run.finish('done', null)
    const page = await operations.plan(of)
    expect(page).toContain(`Pull request  Octo/Till#${job.pull}\nHead          ${'c'.repeat(40)}\n`)
    expect(page).toContain('\nComment at src/pay.ts:7\n  Without a limit of time.\n')
    expect(await operations.plan({ ...of, pull: job.pull + 1 })).toBeNull()
    expect(await operations.plan({ ...of, owner: 'acme' })).toBeNull()
    await home().sql(`update runs set plan = '{"version":9}' where run_key = '${opened.run.key}'`)
    await expect(operations.plan(of)).rejects.toMatchObject({ code: 'run.plan-unreadable' })
    await store.close(1_000)
  })

  test('a database that no server has used says so and stays untouched', async () => {
    const fresh = await freshHome(home(), 'never_used')
    await expect(
      operationsOf(fresh.databaseUrl).jobs({ state: null, limit: 1 }),
    ).rejects.toMatchObject({ code: 'store.unused' })
    expect(await fresh.sql("select 1 from pg_namespace where nspname = 'pgboss'")).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, describe, vi } from 'vitest'
import type { ReviewJob } from '#core/job/job'
import type { Store, StoreOptions } from '#store/open-store'
import { openStore } from '#store/open-store'
import { embeddedDataDir, usedDataDir } from './embedded-data-dir.ts'
import { postgresMissing, startPostgres } from './postgres.ts'

type Changes = Partial<Pick<StoreOptions, 'leaseMs' | 'retry' | 'planDays' | 'clock'>>

/** One of the two homes of a store: a data directory, or a database of a Postgres server. */
export interface Home {
  readonly databaseUrl: string | null
  readonly dataDir: string
  open(changes?: Changes): Promise<Store>
  /** Runs SQL beside the store; on the embedded home only while no store is open. */
  sql(text: string): Promise<readonly unknown[]>
}

/** A home and one store that is open in it for the whole block. */
export interface OpenHome extends Home {
  readonly store: Store
  /** The store's clock runs ahead of the machine's by this; tests may change it. */
  readonly clock: { aheadMs: number }
}

export const quietLog = { info: () => {}, warn: () => {}, error: () => {} }

/** Fails fast: three tries with the shortest delay. */
export const impatient = { limit: 2, delaySeconds: 1, maxDelaySeconds: 1 }

/** Without tables, as before the first start; a store that is no matter of that gets `usedDataDir`. */
export async function embeddedHome(
  dataDir = embeddedDataDir(),
): Promise<Home & { remove(): Promise<void> }> {
  const dir = await dataDir
  return {
    ...homeOf(null, dir.path),
    async sql(text) {
      const pglite = await PGlite.create({ dataDir: `${dir.path}/pglite` })
      try {
        return (await pglite.query(text)).rows
      } finally {
        await pglite.close()
      }
    },
    remove: dir.remove,
  }
}

/** An empty database on the same server. */
export async function freshHome(home: Home, name: string): Promise<Home> {
  await home.sql(`create database ${name}`)
  return postgresHome((home.databaseUrl ?? '').replace(/[^/]+$/, name))
}

function postgresHome(databaseUrl: string): Home {
  return {
    ...homeOf(databaseUrl, '/nonexistent'),
    async sql(text) {
      const client = new pg.Client(databaseUrl)
      await client.connect()
      try {
        return (await client.query(text)).rows
      } finally {
        await client.end()
      }
    },
  }
}

function homeOf(databaseUrl: string | null, dataDir: string): Omit<Home, 'sql'> {
  return {
    databaseUrl,
    dataDir,
    open: (changes = {}) =>
      openStore({
        databaseUrl,
        dataDir,
        clock: { now: () => Date.now() },
        log: quietLog,
        leaseMs: 2_000,
        retry: impatient,
        ...changes,
      }),
  }
}

// Delays of seconds are part of what is promised, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const missing = postgresMissing()
const postgresTitle = missing ? `on Postgres (skipped: ${missing})` : 'on Postgres'

/** The same promises on both homes, each with a fresh database and one open store. */
export function inBothHomes(promises: (home: () => OpenHome) => void): void {
  describe('embedded', () => {
    withStore(promises, async () => {
      const home = await embeddedHome(usedDataDir())
      return { home, remove: home.remove }
    })
  })
  describe.skipIf(missing)(postgresTitle, () => {
    withStore(promises, async () => {
      const server = await startPostgres()
      return { home: postgresHome(server.url), remove: server.stop }
    })
  })
}

/** Promises that only several processes on one server can break. */
export function onPostgres(promises: (home: () => Home) => void): void {
  describe.skipIf(missing)(postgresTitle, () => {
    let made: { home: Home; remove(): Promise<void> } | undefined
    beforeAll(async () => {
      const server = await startPostgres()
      made = { home: postgresHome(server.url), remove: server.stop }
    })
    afterAll(() => made?.remove())
    promises(() => {
      if (!made) throw new Error('no server yet')
      return made.home
    })
  })
}

function withStore(
  promises: (home: () => OpenHome) => void,
  make: () => Promise<{ home: Home; remove(): Promise<void> }>,
): void {
  let open: { home: OpenHome; remove(): Promise<void> } | undefined
  beforeAll(async () => {
    const { home, remove } = await make()
    const clock = { aheadMs: 0 }
    const store = await home.open({ clock: { now: () => Date.now() + clock.aheadMs } })
    open = { home: { ...home, store, clock }, remove }
  })
  afterAll(async () => {
    await open?.home.store.close(1_000)
    await open?.remove()
  })
  promises(() => {
    if (!open) throw new Error('no store yet')
    return open.home
  })
}

let pulls = 0

/** A review job of a pull request that no other test uses. */
export function reviewJob(changes: Partial<ReviewJob> = {}): ReviewJob {
  pulls += 1
  return {
    version: 1,
    kind: 'review',
    installation: 11,
    repository: { id: 22, owner: 'octo', name: 'shop', private: true },
    pull: pulls,
    head: 'a'.repeat(40),
    trigger: { kind: 'automatic', action: 'opened' },
    delivery: randomUUID(),
    ...changes,
  }
}

/** Every statement that reaches the database while `work` runs, on either home. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  const note = (text: unknown) => {
    if (typeof text === 'string') seen.push(text)
  }
  const send = Worker.prototype.postMessage
  const client = pg.Client.prototype.query
  Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof send>) {
    note(args[0]?.call?.text)
    return send.apply(this, args)
  }
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    note(args[0])
    return Reflect.apply(client, this, args)
  } as typeof client
  try {
    await work()
  } finally {
    Worker.prototype.postMessage = send
    pg.Client.prototype.query = client
  }
  return seen
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until something holds; throws after the limit with what it waited for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited too long until ${what}`)
    await sleep(20)
  }
}

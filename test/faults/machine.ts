import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import * as z from 'zod'
import { Plan } from '#core/plan/plan'
import { embeddedDataDir } from '../support/embedded-data-dir.ts'
import type { PostgresServer } from '../support/postgres.ts'
import {
  eventually,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

const PRELOAD = fileURLToPath(new URL('../support/crash-preload.ts', import.meta.url))

/** Where a server keeps what it knows: a folder, and perhaps a database beside it. */
export interface Home {
  readonly kind: 'embedded' | 'postgres'
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}

/** An embedded store that no server has opened yet; its empty database is a copy. */
export async function embeddedHome(): Promise<Home> {
  const { path } = await embeddedDataDir()
  made.push(path)
  return { kind: 'embedded', dataDir: path, env: {} }
}

/** A new database on the server, and a folder of its own for the process. */
export async function postgresHome(server: PostgresServer, name: string): Promise<Home> {
  const url = await server.database(name)
  return { kind: 'postgres', dataDir: folder(), env: { DATABASE_URL: url } }
}

/** The same database, seen by another machine. */
export function replicaOf(home: Home): Home {
  return { ...home, dataDir: folder() }
}

/** Folders that go when the tests end. */
const made: string[] = []
process.once('exit', () => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tech-lead-faults-'))
  made.push(path)
  return path
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** The plans that lie in a store which no process has open, as they were frozen. */
export async function storedPlans(home: Home): Promise<readonly Plan[]> {
  const text = 'select plan from runs where plan is not null order by created_at'
  const found = await readStore(home, text)
  return found.map((row) => Plan.parse(JSON.parse(PlanRow.parse(row).plan)))
}

/** Runs one statement on a store; an embedded one must be open in no process. */
export function readStore(home: Home, text: string): Promise<readonly unknown[]> {
  const address = home.env['DATABASE_URL']
  return address === undefined ? readEmbedded(home, text) : readPostgres(address, text)
}

const PlanRow = z.object({ plan: z.string() })

async function readEmbedded({ dataDir }: Home, text: string): Promise<readonly unknown[]> {
  const pglite = await PGlite.create({ dataDir: join(dataDir, 'pglite') })
  try {
    return (await pglite.query(text)).rows
  } finally {
    await pglite.close()
  }
}

/** Runs one statement beside the store's own. */
async function readPostgres(address: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A server that is killed and started again on the same home, at the same address. */
export interface Machine {
  readonly home: Home
  readonly webhookUrl: string
  readonly server: () => ServerProcess
  /** `env` is added for this process alone. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  /** What the process does when it next comes to this point. */
  order(act: 'kill' | 'pause', point: string): void
  /** Waits until the process has ended by itself or by an order. */
  ended(): Promise<void>
  stop(): Promise<number | null>
}

/** Makes a machine that is not started yet. */
export async function createMachine(
  world: GitHubWorld,
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Machine> {
  const port = await freePort()
  const orders = join(folder(), 'orders')
  let server: ServerProcess | null = null
  const running = () => {
    if (server === null) throw new Error('the machine was not started')
    return server
  }
  return {
    home,
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    server: running,
    async start(more = {}) {
      server = await startServer(world, {
        dataDir: home.dataDir,
        preload: PRELOAD,
        env: { ...home.env, PORT: String(port), CRASH_ORDERS: orders, ...env, ...more },
      })
    },
    order: (act, point) => writeFileSync(orders, `${act} ${point}`),
    async ended() {
      const { child, log } = running()
      const over = () => child.exitCode !== null || child.signalCode !== null
      await eventually(over, `the process ends; it said\n${log().slice(-2_000)}`, 60_000)
    },
    async stop() {
      return server === null ? null : server.stop()
    },
  }
}

/** A world and one machine that its events go to. */
export interface Stage {
  readonly world: GitHubWorld
  readonly machine: Machine
  /** Ends everything. */
  close(): Promise<void>
}

export async function createStage(
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const world = await createGitHubWorld()
  const machine = await createMachine(world, home, env)
  world.sendTo(machine.webhookUrl, WEBHOOK_SECRET)
  return {
    world,
    machine,
    async close() {
      await machine.stop()
      await world.stop()
    },
  }
}

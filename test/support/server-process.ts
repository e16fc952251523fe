import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { GitHubWorld } from '../world/github/world.ts'
import { type DataDir, embeddedDataDir } from './embedded-data-dir.ts'
import { SHORT_LIVED } from './short-lived.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** An empty store on a busy machine takes its time. */
const READY_MS = 120_000
const CACHE = process.env['NODE_COMPILE_CACHE']
/** Where processes of one machine share the modules that they have compiled. */
export const COMPILED: Record<string, string> =
  CACHE === undefined ? {} : { NODE_COMPILE_CACHE: CACHE }

/** A webhook secret that the server accepts. */
export const WEBHOOK_SECRET = 'a webhook secret of the stories, long enough'

/** What a server process is started with besides the world it talks to. */
export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Kept between starts of one story; a folder with an empty database when not given. */
  readonly dataDir?: string
  /** A module that is loaded first. */
  readonly preload?: string
  /** Compiles as `npm start` does, which pays after half a minute. */
  readonly longLived?: boolean
}

/** A running server: the real process, as `npm start` starts it. */
export interface ServerProcess {
  readonly url: string
  readonly webhookUrl: string
  readonly child: ChildProcess
  /** Standard output, a JSON object a line. */
  readonly log: () => string
  readonly exited: Promise<number | null>
  stop(): Promise<number | null>
  kill(): Promise<void>
}

/** The environment of a server that talks to the stand-in. */
export function serverEnvironment(world: GitHubWorld, dataDir: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    ...COMPILED,
    APP_ID: String(world.app.id),
    PRIVATE_KEY: world.privateKey,
    WEBHOOK_SECRET,
    GHE_HOST: world.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    TECH_LEAD_VISIBILITY_MS: '1500',
    TECH_LEAD_LEASE_MS: '3000',
    TECH_LEAD_PACE_MS: '0',
    // Most stories are about reviews: a pull request of ours would stand in their way.
    TECH_LEAD_ONBOARDING: 'silent',
    LOG_LEVEL: 'info',
  }
}

/** Starts the server and waits until it listens. Throws with what it printed when it ends instead. */
export async function startServer(
  world: GitHubWorld,
  options: ServerOptions = {},
): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? (await removedAtExit(embeddedDataDir()))
  const preload = options.preload === undefined ? [] : ['--import', options.preload]
  const compiling = options.longLived === true ? [] : SHORT_LIVED
  const args = [...compiling, ...preload, join(ROOT, 'src/server/main.ts')]
  const child = spawn(process.execPath, args, {
    cwd: dataDir,
    env: { ...serverEnvironment(world, dataDir), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  const port = await readyPort(() => out, child)
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    webhookUrl: `${url}/api/github/webhooks`,
    child,
    log: () => out,
    exited,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A folder without a database, where the server makes its own; removed when the tests end. */
export function createDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tech-lead-data-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The path of a data directory that is removed when the tests end. */
export async function removedAtExit(made: Promise<DataDir>): Promise<string> {
  const { path } = await made
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}

async function readyPort(out: () => string, child: ChildProcess): Promise<number> {
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    const port = /"port":(\d+)[^\n]*"msg":"server ready"/.exec(out())?.[1]
    if (port !== undefined) return Number(port)
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}:\n${out()}`)
    await sleep(20)
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not get ready:\n${out()}`)
}

/** Waits until something holds, looking often; fails with what it waited for. */
export async function eventually<T>(
  look: () => T | null | undefined | false,
  what: string,
  ms = 30_000,
  refresh: () => Promise<void> = async () => {},
): Promise<T> {
  const until = Date.now() + ms
  while (Date.now() < until) {
    const seen = look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    await sleep(50)
    await refresh()
  }
  throw new Error(`never happened within ${ms} ms: ${what}`)
}

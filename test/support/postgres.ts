import { execFile } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { onceInThisRun } from './once-in-this-run.ts'

const run = promisify(execFile)

/** A real Postgres server on a free port of this machine, empty, gone after `stop`. */
export interface PostgresServer {
  readonly url: string
  /** Of the process that all others of the server are children of. */
  readonly pid: () => number
  /** A new empty database on it. */
  database(name: string): Promise<string>
  /** Ends it as a power cut does, without a word to anybody; the data stays. */
  crash(): Promise<void>
  /** Starts it again after a crash, at the same address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Why there is no Postgres to test on, or null when there is. */
export function postgresMissing(): string | null {
  const missing = ['initdb', 'pg_ctl', 'psql'].filter((name) => !onPath(name))
  return missing.length > 0 ? `no ${missing.join(', ')} on the PATH` : null
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Postgres refuses to run as root: then everything is done as the user `postgres`. */
async function asServerUser(command: string, args: readonly string[]): Promise<void> {
  const root = process.getuid?.() === 0
  const [file, ...rest] = root
    ? ['su', 'postgres', '-c', [command, ...args].map((arg) => `'${arg}'`).join(' ')]
    : [command, ...args]
  await run(file ?? command, rest, { cwd: '/' })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const INITDB = ['-U', 'postgres', '--auth=trust', '--no-sync']

/** A cluster that no server has run on. */
async function emptyCluster(): Promise<string> {
  return onceInThisRun('empty-cluster', async (folder) => {
    await mkdir(folder)
    if (process.getuid?.() === 0) await run('chown', ['postgres', folder])
    await asServerUser('initdb', ['-D', join(folder, 'data'), ...INITDB])
  })
}

/** Starts a server in a folder of its own; about a second. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tech-lead-postgres-'))
  if (process.getuid?.() === 0) await run('chown', ['postgres', folder])
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const port = await freePort()
  await asServerUser('cp', ['-Rp', join(await emptyCluster(), 'data'), data])
  const settings = `-p ${port} -c unix_socket_directories=${folder} -c listen_addresses=127.0.0.1 -c max_connections=200`
  const log = join(folder, 'log')
  const start = () => asServerUser('pg_ctl', ['-D', data, '-o', settings, '-l', log, '-w', 'start'])
  await start()
  const url = (name: string) => `postgres://postgres:secret-word@127.0.0.1:${port}/${name}`
  return {
    url: url('postgres'),
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]),
    async database(name) {
      await run('psql', [url('postgres'), '-c', `create database "${name}"`])
      return url(name)
    },
    crash: () => asServerUser('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']),
    restart: start,
    async stop() {
      await asServerUser('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

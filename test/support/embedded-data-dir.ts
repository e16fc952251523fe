import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onceInThisRun } from './once-in-this-run.ts'

/** A data directory of a test. */
export interface DataDir {
  readonly path: string
  remove(): Promise<void>
}

/**
 * A data directory whose database exists already. Making one takes PGlite several seconds; a copy
 * takes a tenth of one. The original is kept beside the installed packages and holds no table.
 */
export async function embeddedDataDir(): Promise<DataDir> {
  return copyOf(await emptyDatabase())
}

/**
 * A data directory that a store has been open in, with all its tables and nothing in them: for what
 * is not about the first start. The original is made by the store itself, once a run of the tests.
 */
export async function usedDataDir(): Promise<DataDir> {
  return copyOf(await onceInThisRun('used-database', makeTables))
}

async function makeTables(folder: string): Promise<void> {
  const { path, remove } = await embeddedDataDir()
  // Loaded only by whoever comes first: the others copy.
  const { openStore } = await import('#store/open-store')
  const log = { info() {}, warn() {}, error() {} }
  const clock = { now: () => Date.now() }
  await (await openStore({ databaseUrl: null, dataDir: path, clock, log, leaseMs: 2_000 })).close(
    1_000,
  )
  await cp(join(path, 'pglite'), folder, { recursive: true })
  await remove()
}

async function copyOf(template: string): Promise<DataDir> {
  const path = await mkdtemp(join(tmpdir(), 'tech-lead-data-'))
  await cp(template, join(path, 'pglite'), { recursive: true })
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

async function emptyDatabase(): Promise<string> {
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
  const template = join(cache, 'tech-lead-pglite-0.5.16')
  if (existsSync(template)) return template
  const draft = `${template}-${randomUUID()}`
  await mkdir(cache, { recursive: true })
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create({ dataDir: draft })
  await pglite.close()
  // Another test process may have been faster: then its copy serves as well.
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }))
  return template
}

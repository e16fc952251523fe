import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeParsedKnowledge } from './parse-knowledge.ts'

const home = fileURLToPath(new URL('..', import.meta.url))

/**
 * What a build leaves behind: the doors, the threads, which no file imports by name, and what
 * the YAML files mean.
 */
const EXPECTED = [
  'server/main.js',
  'cli/main.js',
  'cli/action.js',
  'scan/capped-worker.js',
  'scan/search-worker.js',
  'scan/secrets-worker.js',
  'store/pglite-worker.js',
  'parsed.json',
  'blank-database/PG_VERSION',
] as const

/**
 * Compiles `src` into `dist`, from nothing. The folder gets a package.json of its own, so that
 * `#core/…` means `dist` there; agents, providers, rules and facts are found from either place,
 * and what they mean is kept beside the code.
 * So is a database with no row, of which a server's first start takes a copy.
 *
 * @returns the exit code of the compiler, or 1 when a file is missing afterwards
 */
async function build(): Promise<number> {
  const dist = join(home, 'dist')
  rmSync(dist, { recursive: true, force: true })
  const tsc = join(home, 'node_modules', 'typescript', 'bin', 'tsc')
  const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: home,
    stdio: 'inherit',
  })
  if (compiled.status !== 0) return compiled.status ?? 1
  const scope = { type: 'module', imports: { '#*': './*.js' } }
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(scope, null, 2)}\n`)
  writeParsedKnowledge()
  await writeBlankDatabase(dist)
  const missing = EXPECTED.filter((path) => !existsSync(join(dist, path)))
  for (const path of missing) console.error(`dist/${path} was not written`)
  return missing.length === 0 ? 0 : 1
}

/**
 * The built store itself makes it, tables and all, so that it is what a start without one makes.
 *
 * @param dist the folder of the build
 */
async function writeBlankDatabase(dist: string): Promise<void> {
  const { openStore } = await import(pathToFileURL(join(dist, 'store', 'open-store.js')).href)
  const draft = mkdtempSync(join(dist, 'data-'))
  const log = { info() {}, warn: console.warn, error: console.error }
  const clock = { now: () => Date.now() }
  const store = await openStore({ databaseUrl: null, dataDir: draft, clock, log, leaseMs: 60_000 })
  await store.close(0)
  const blank = join(dist, 'blank-database')
  renameSync(join(draft, 'pglite'), blank)
  rmSync(draft, { recursive: true })
  // Postgres keeps its files to one user; in an image that would be root, and the server is not.
  chmodSync(blank, 0o755)
  for (const entry of readdirSync(blank, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
  }
}

process.exitCode = await build()

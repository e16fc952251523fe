import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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
  'scan/search-worker.js',
  'scan/secrets-worker.js',
  'parsed.json',
] as const

/**
 * Compiles `src` into `dist`, from nothing. The folder gets a package.json of its own, so that
 * `#core/…` means `dist` there; agents, providers, rules and facts are found from either place,
 * and what they mean is kept beside the code.
 *
 * @returns the exit code of the compiler, or 1 when a file is missing afterwards
 */
function build(): number {
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
  const missing = EXPECTED.filter((path) => !existsSync(join(dist, path)))
  for (const path of missing) console.error(`dist/${path} was not written`)
  return missing.length === 0 ? 0 : 1
}

process.exitCode = build()

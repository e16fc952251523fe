import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeParsedKnowledge } from '../../tools/parse-knowledge.ts'

/**
 * Before the workers of a run start: a folder for what this run makes once, one where every process
 * keeps the modules that it has compiled, and what a build keeps of our YAML files. Both of these are
 * looked up by content.
 */
let folder = ''

export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'tech-lead-run-'))
  // The Postgres of the tests may be another user.
  chmodSync(folder, 0o755)
  process.env['TECH_LEAD_TEST_RUN'] = folder
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
    new URL('../../node_modules/.cache/compiled', import.meta.url),
  )
  writeParsedKnowledge()
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true })
}

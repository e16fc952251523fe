import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

/**
 * A data directory whose database exists already. Making one takes PGlite several seconds; a copy
 * takes a tenth of one. The original is kept beside the installed packages and holds no table.
 */
export async function embeddedDataDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const template = await emptyDatabase()
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
  const pglite = await PGlite.create({ dataDir: draft })
  await pglite.close()
  // Another test process may have been faster: then its copy serves as well.
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }))
  return template
}

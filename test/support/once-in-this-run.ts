import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The path of something that is costly to make and is copied by all who need it. Whoever comes
 * first makes it; it goes with the run, so no change of the code can be missed.
 */
export async function onceInThisRun(
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const folder = process.env['TECH_LEAD_TEST_RUN']
  if (folder === undefined) throw new Error('test/support/run-folder-setup.ts has not run')
  const path = join(folder, name)
  if (existsSync(path)) return path
  const draft = `${path}-${randomUUID()}`
  await make(draft)
  // Another test process may have been faster: then its copy serves as well.
  await rename(draft, path).catch(() => rm(draft, { recursive: true, force: true }))
  return path
}

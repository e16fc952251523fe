import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite } from 'pg-boss'
import { Problem } from '#core/problem'
import { lockDataDir } from '#store/data-dir-lock'
import type { Database } from '#store/database'
import { storeFailure } from '#store/database'

/** Enough for a queue of reviews; PGlite's own defaults take about 200 MB more memory. */
const SMALL_MEMORY = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

/**
 * A store with no row that a build leaves beside the code (tools/build.ts). Postgres takes 8 s to
 * make one on two cores, a copy 0.3 s. Sources have none.
 */
const BLANK = fileURLToPath(new URL('../blank-database', import.meta.url))

/**
 * Opens Postgres inside this process on `dataDir/pglite`. Survives kill -9 of the process; PGlite
 * does not call fsync, so a power cut may lose the last moments.
 */
export async function openEmbeddedDatabase(dataDir: string): Promise<Database> {
  const lock = lockDataDir(dataDir)
  const folder = join(dataDir, 'pglite')
  const pglite = await start(folder).catch((cause: unknown) => {
    lock.release()
    throw new Problem(
      'store.unreadable',
      'told',
      `The embedded store in ${folder} cannot be opened. Restore it from a backup, or move the folder away to start empty.`,
      { cause },
    )
  })
  return {
    kind: 'embedded',
    async query(text, params = []) {
      try {
        const { rows } = await pglite.query(text, [...params])
        // It runs on this thread and in microtasks: a row of statements would let nobody else in.
        await nextTurn()
        return rows
      } catch (error) {
        throw storeFailure(error)
      }
    },
    async transaction(work) {
      try {
        return await pglite.transaction((inside) =>
          work({
            query: async (text, params = []) => (await inside.query(text, [...params])).rows,
          }),
        )
      } catch (error) {
        throw storeFailure(error)
      }
    },
    queueAccess: { kind: 'adapter', db: fromPglite(pglite) },
    async close() {
      await pglite.close()
      lock.release()
    },
  }
}

/**
 * A new database is made under another name first: a process that is killed in the middle of it
 * leaves nothing that the next start would take for a database.
 */
async function start(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    const draft = `${folder}.new`
    rmSync(draft, { recursive: true, force: true })
    if (existsSync(BLANK)) cpSync(BLANK, draft, { recursive: true })
    else await (await open(draft)).close()
    // The copy of an image is readable by everybody, so that any user can make one.
    chmodSync(draft, 0o700)
    renameSync(draft, folder)
  }
  // PGlite would fill any folder that it does not know with a database.
  if (!existsSync(join(folder, 'PG_VERSION'))) throw new Error('this is not a database')
  return open(folder)
}

function open(folder: string): Promise<PGlite> {
  return PGlite.create({
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, ...SMALL_MEMORY],
  })
}

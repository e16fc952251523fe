import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '#core/problem'

/**
 * Takes a folder for this process alone. The lock is an open exclusive SQLite transaction on a
 * file in the folder: the operating system drops it with the process, even after kill -9, so
 * there is never a stale lock to remove by hand. PGlite has no lock of its own, and two processes
 * on one folder lose committed rows.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const file = openLockFile(dataDir)
  try {
    file.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (cause) {
    file.close()
    throw new Problem(
      'store.locked',
      'told',
      `Another process is using the data directory ${dataDir}. Stop it first, or set DATABASE_URL to a Postgres server to run several processes.`,
      { cause },
    )
  }
  return { release: () => file.close() }
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true })
    return new DatabaseSync(join(dataDir, 'store.lock'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Problem(
      'store.unwritable',
      'told',
      `The data directory ${dataDir} cannot be written (${reason}). Give this user write access or set DATA_DIR to another folder.`,
      { cause },
    )
  }
}

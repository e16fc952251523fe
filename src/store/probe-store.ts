import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import { lockDataDir } from '#store/data-dir-lock'
import { row } from '#store/database'
import { openPostgresDatabase } from '#store/postgres-database'

const Version = z.object({ server_version: z.string() })

/** The version of the Postgres server at an address. Throws Problem `store.unreachable`. */
export async function probePostgres(databaseUrl: string, log: Log): Promise<string> {
  const database = await openPostgresDatabase(databaseUrl, log)
  try {
    const found = await row(database, Version, 'show server_version')
    return found?.server_version ?? ''
  } finally {
    await database.close()
  }
}

/**
 * Whether a data folder that exists can be used: `held` by another process, which is a running
 * server, or `free`. Throws Problem `store.unwritable`.
 */
export function probeDataDir(dataDir: string): 'held' | 'free' {
  try {
    lockDataDir(dataDir).release()
    return 'free'
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'store.locked') return 'held'
    throw failure
  }
}

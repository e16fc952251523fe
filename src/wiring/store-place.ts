import { complaintLine, Problem } from '#core/problem'
import { EnvironmentVariables } from '#wiring/environment-variables'

/** Where the durable things of a server are. */
export interface StorePlace {
  readonly databaseUrl: string | null
  readonly dataDir: string
}

const Place = EnvironmentVariables.pick({ DATABASE_URL: true, DATA_DIR: true })

/**
 * Reads the two variables that an operator needs, without the secrets that only the server has.
 *
 * @throws Problem `environment.unreadable`, which never repeats a value
 */
export function readStorePlace(env: Readonly<Record<string, string | undefined>>): StorePlace {
  const given = Object.keys(Place.shape).flatMap((name) => {
    const value = env[name]?.trim()
    return value ? [[name, value]] : []
  })
  const read = Place.safeParse(Object.fromEntries(given))
  if (read.success) return { databaseUrl: read.data.DATABASE_URL, dataDir: read.data.DATA_DIR }
  const lines = read.error.issues.map(({ path, message }) =>
    complaintLine({ file: 'environment', line: null, reason: `${String(path[0])} ${message}` }),
  )
  throw new Problem('environment.unreadable', 'told', lines.join('\n'))
}

import pg from 'pg'
import { Problem } from '#core/problem'
import type { Log } from '#flow/ports'
import type { Database, Queries } from '#store/database'
import { errorCode, storeFailure } from '#store/database'

/** How long one statement may run, in milliseconds: ours take a few. */
const STATEMENT_TIMEOUT_MS = 10_000
/** A little more than the server's own limit, for a server that does not answer at all. */
const QUERY_TIMEOUT_MS = 12_000
const CONNECT_TIMEOUT_MS = 5_000

/** Opens a pool on a Postgres server. Throws Problem `store.unreachable` when it does not answer. */
export async function openPostgresDatabase(address: string, log: Log): Promise<Database> {
  const url = readAddress(address)
  const pool = new pg.Pool({
    connectionString: address,
    max: 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'integrations-tech-lead',
  })
  // Without a listener, the loss of an idle connection would end the process.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'store connection lost'))
  await pool.query('select 1').catch(async (cause: unknown) => {
    await pool.end()
    throw unreachable(url, cause)
  })
  const query: Queries['query'] = async (text, params = []) => {
    try {
      return (await pool.query(text, [...params])).rows
    } catch (error) {
      throw storeFailure(error)
    }
  }
  return {
    kind: 'postgres',
    query,
    // Connections serve side by side.
    urgent: { query },
    transaction: (work) => inTransaction(pool, work),
    queueAccess: { kind: 'address', connectionString: address },
    close: () => pool.end(),
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  try {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await work({
        query: async (text, params = []) => (await client.query(text, [...params])).rows,
      })
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  } catch (error) {
    throw storeFailure(error)
  }
}

function readAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url && (url.protocol === 'postgres:' || url.protocol === 'postgresql:')) return url
  throw new Problem(
    'store.unreachable',
    'told',
    'DATABASE_URL is not an address of Postgres. Write it as postgres://user:password@host:5432/database, or leave it empty to use the embedded store.',
  )
}

/** One line that names server, database and user, and never the password. */
function unreachable(url: URL, cause: unknown): Problem {
  const place = `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`
  const user = url.username ? ` as ${decodeURIComponent(url.username)}` : ''
  return new Problem(
    'store.unreachable',
    'told',
    `Postgres at ${place}${user} cannot be reached (${reasonOf(url, cause)}). Check DATABASE_URL and that the server runs.`,
  )
}

function reasonOf(url: URL, cause: unknown): string {
  const code = errorCode(cause)
  const message = cause instanceof Error ? cause.message : ''
  const words = message || code || 'no answer'
  const firstLine = words.split('\n', 1)[0] ?? ''
  const secrets = [url.password, safeDecode(url.password)].filter((secret) => secret !== '')
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), firstLine)
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

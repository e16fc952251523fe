import type { Db } from 'pg-boss'
import type * as z from 'zod'
import { Problem } from '#core/problem'

/** Something that runs one SQL statement with parameters and gives back its rows, not yet parsed. */
export interface Queries {
  query(text: string, params?: readonly unknown[]): Promise<readonly unknown[]>
}

/** The database under the store: PGlite in a folder, or a Postgres server. Same SQL on both. */
export interface Database extends Queries {
  readonly kind: 'embedded' | 'postgres'
  /** For what GitHub waits for: goes before every statement that waits already. */
  readonly urgent: Queries
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** How the job queue reaches the same database: an adapter, or an address for a pool of its own. */
  readonly queueAccess:
    | { readonly kind: 'adapter'; readonly db: Db }
    | { readonly kind: 'address'; readonly connectionString: string }
  close(): Promise<void>
}

/** Runs a statement and parses every row. A row that does not fit is a bug of ours and throws. */
export async function rows<S extends z.ZodType>(
  queries: Queries,
  schema: S,
  text: string,
  params: readonly unknown[] = [],
): Promise<z.infer<S>[]> {
  const found = await queries.query(text, params)
  return found.map((row) => schema.parse(row))
}

/** Like `rows` for a statement that gives at most one row. */
export async function row<S extends z.ZodType>(
  queries: Queries,
  schema: S,
  text: string,
  params: readonly unknown[] = [],
): Promise<z.infer<S> | null> {
  const [first] = await rows(queries, schema, text, params)
  return first ?? null
}

/**
 * SQLSTATE classes that say "the server cannot now", not "the statement is wrong":
 * connection, resources (disk full, too many connections), operator intervention, system error.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const BUSY_CLASSES = new Set(['08', '53', '57', '58'])

/** Deadlock and serialization failure: the same transaction may work when sent again. */
const REPEATABLE = new Set(['40001', '40P01', '55P03', '25006'])

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOSPC',
])

/** pg speaks of these without a code. */
const LOST_CONNECTION =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|pool after calling end/i

/** The code of an error, as Node, Postgres and PGlite give it; empty when there is none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** The server ended the connection, or never opened it: a restart, a limit, a closed database. */
function isFatal(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'FATAL'
}

/** Turns "the database is away or full" into Problem `store.unavailable`; leaves bugs as they are. */
export function storeFailure(error: unknown): unknown {
  const code = errorCode(error)
  const sqlState = code.length === 5
  const busy =
    isFatal(error) ||
    (sqlState && (BUSY_CLASSES.has(code.slice(0, 2)) || REPEATABLE.has(code))) ||
    NETWORK_CODES.has(code) ||
    (error instanceof Error && LOST_CONNECTION.test(error.message))
  if (!busy) return error
  const reason = error instanceof Error ? error.message : code
  return new Problem('store.unavailable', 'retry', `The store cannot be used now: ${reason}`, {
    cause: error,
  })
}

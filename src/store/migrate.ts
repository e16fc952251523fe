import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Database } from '#store/database'
import { row } from '#store/database'
import { auditTable } from '#store/migrations/audit-table'
import { conversationTables } from '#store/migrations/conversation-tables'
import { firstLookTable } from '#store/migrations/first-look-table'
import { firstTables } from '#store/migrations/first-tables'
import { memoryAuthors } from '#store/migrations/memory-authors'
import { packedDeliveries } from '#store/migrations/packed-deliveries'

/** In order; the version of a schema is how many of these it has had. Only ever appended to. */
const MIGRATIONS: readonly string[] = [
  firstTables,
  conversationTables,
  memoryAuthors,
  firstLookTable,
  packedDeliveries,
  auditTable,
]

/** Any fixed number: it keeps two starting processes from migrating the same database at once. */
const MIGRATION_LOCK = 7_264_913

const Version = z.object({ version: z.coerce.number() })

/** The schema version that this program writes and reads. */
export const SCHEMA_VERSION = MIGRATIONS.length

/**
 * Brings the schema up to this program's version, each step in the same transaction as its version
 * number. Throws Problem `store.newer-schema` on a database that a newer program has migrated.
 */
export async function migrate(
  database: Database,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query('select pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK])
    await queries.query(
      'create table if not exists tech_lead_schema (version int not null, migrated_at timestamptz not null default now())',
    )
    const found = await row(
      queries,
      Version,
      'select coalesce(max(version), 0) as version from tech_lead_schema',
    )
    const version = found?.version ?? 0
    if (version > migrations.length) throw newerSchema(version, migrations.length)
    for (const [index, script] of migrations.entries()) {
      if (index < version) continue
      for (const statement of statements(script)) await queries.query(statement)
      await queries.query('insert into tech_lead_schema (version) values ($1)', [index + 1])
    }
  })
}

function newerSchema(version: number, known: number): Problem {
  return new Problem(
    'store.newer-schema',
    'told',
    `The store has schema version ${version}, this program knows versions up to ${known}. Start the newer program again, or restore a backup that was made before the upgrade.`,
  )
}

/** Our scripts hold plain statements only: no function bodies, no semicolon inside a string. */
function statements(script: string): string[] {
  return script
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

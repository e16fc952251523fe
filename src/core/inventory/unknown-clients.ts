import type { Fact } from '#core/facts/fact'
import { libraryName, type Party } from '#core/inventory/party'
import type { ImportLanguage } from '#core/providers/provider'
import type { NameOfModule } from '#core/rules/import-readers'

/** What a repository calls its own; without it nothing unknown can be taken for somebody else's. */
export interface Declared {
  /** Classes, interfaces, structs. */
  readonly types: ReadonlySet<string>
  /** Packages of the workspace, and folders and modules of Python. */
  readonly packages: ReadonlySet<string>
}

/** Clients of the program's own parts: its data, its cache, its pages, its tests, its tools. */
const OWN_PARTS =
  /^(?:pg|postgres|mysql2?|sqlite3?|better-sqlite3|ioredis|redis|valkey|memcached|mongodb|mongoose|pymongo|motor|knex|sequelize|typeorm|sqlalchemy|django|flask|fastapi|starlette|@prisma|prisma|drizzle-orm|@tanstack|@apollo|react|react-dom|vue|svelte|@angular|next|nuxt|express|fastify|koa|hono|vite|vitest|webpack|rollup|jest|pytest|playwright|@playwright|zod|winston|pino|bullmq|bull|celery|rq|i18next|@opentelemetry|opentelemetry|lru-cache|p-queue|commander|yargs|better-auth|better_auth|whoosh|tantivy|channels)(?:[/.]|$)/
/** A class that says itself that it speaks to somebody. */
const CLIENT_CLASS = /(?:Client|Api|API|SDK|Sdk)$/
/** Clients of the program's own parts, whatever brings them. */
const OWN_CLIENT = /^(?:Query|Test|Db|DB|Sql|Database|Cache|Thin|Rich|Web|Socket)Client$/
/** What only somebody who is called over the network wants to know. */
const ADDRESS_OPTION =
  /\b(?:api_?key|base_?ur[il]|access_?token|auth_?token|api_?token|api_?url|end_?point|client_?secret)\b/i

/**
 * The party of a client that comes from a package nobody knows: it says that it is one, or it is
 * given an address or a key.
 */
export function unknownClient(
  fact: Fact,
  type: string,
  {
    imports,
    language,
    declared,
  }: {
    readonly imports: readonly NameOfModule[]
    readonly language: ImportLanguage
    readonly declared: Declared | null
  },
): Party | null {
  if (declared === null || declared.types.has(type) || OWN_CLIENT.test(type)) return null
  if (language !== 'js' && language !== 'python') return null
  const made = (fact.captures['ctor'] ?? '').split('.')
  // A class of the file that extends the package's own.
  const root = made.at(-1) === type ? made[0] : type
  const module = imports.find(({ local }) => local === root)?.module
  if (module === undefined || !isForeign(module, language, declared)) return null
  const speaks = CLIENT_CLASS.test(type) || ADDRESS_OPTION.test(fact.args.join(' ').slice(0, 2_000))
  return speaks ? { kind: 'library', id: libraryName(language, module), role: 'rpc' } : null
}

function isForeign(module: string, language: ImportLanguage, { packages }: Declared): boolean {
  if (/^[./~#]|^@\/|^node:/.test(module) || OWN_PARTS.test(module)) return false
  if (language === 'python') return !packages.has(module.split('.')[0] ?? '')
  return !packages.has(libraryName(language, module))
}

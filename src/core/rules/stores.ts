import type { Fact } from '#core/facts/fact'
import type { OutboundCall } from '#core/rules/calls'

/** Names under which code keeps its database, as the last but one part of a call. */
const STORE =
  /(?:^|\.)(?:prisma|db|DB|database|knex|pool|conn|connection|cursor|cur|session|tx|trx|sql|supabase|mongo\w*|collection|objects|\w+DB|\w*(?:[rR]epo|[rR]epository|[mM]odel|[tT]able|[sS]tore|[cC]ollection)|[A-Z][a-z]\w*)(?:\.|\(|$)/
const NO_STORE =
  /^(?:JSON|Object|Math|Date|Promise|Response|NextResponse|Buffer|URL|Array|Map|Set|Reflect|Symbol|Intl|axios|stripe|logger|log|console|crypto|hash|hmac|res|response|app|router)\b/
const QUEUE =
  /\.(?:[eE]nqueue|[pP]ublish|PublishWithContext|RPush|LPush|XAdd|sendToQueue|[sS]endMessage|send_message|addJob|send_task|delay|apply_async)$|(?:[qQ]ueue|[jJ]obs?)\.(?:add|send|push|put)$/
const SQL_WRITE = /^[rfb]{0,2}["'`]+\s*(?:insert|update|delete)\b/i
const RUNS_SQL =
  /\.(?:execute|executemany|query|run|\$executeRaw|(?:Named)?Exec(?:Context)?|QueryRow(?:Context)?)$|^sql$|^sqlx::query\w*$/

/** Rows that are added, and numbers that grow, in Rails and Laravel: `payments.create!`, `DB::table('x')->insert`. */
const ADDS_ROW =
  /(?:\.|->|::)(?:create!?|createMany|forceCreate|insert!?|insertGetId|insert_all!?|increment!?|decrement!?)$/
const GROWS = /update\w*!?\s*\(?[^)]*\b(\w+):\s*[\w.@]+\.\1\s*[+-]\s/

/** Packages through which code speaks to its own database, which lend their names to clients. */
const OWN_STORE =
  /prisma|mongoose|sequelize|typeorm|knex|drizzle|kysely|sqlalchemy|psycopg|asyncpg/i

/** Whether a call goes to the own database. */
export function asksOwnStore({ client, callee }: OutboundCall): boolean {
  return OWN_STORE.test(client.package) || OWN_STORE.test(callee.split('.', 1)[0] ?? '')
}

/** Models have any name in these languages: their facts name the methods that only stores have. */
export function namesModels({ language }: Fact): boolean {
  return language === 'ruby' || language === 'php'
}

/** Whether a durable-write fact certainly stores or queues something. */
export function isStored(fact: Fact): boolean {
  if (namesModels(fact)) return true
  const callee = fact.captures['callee'] ?? ''
  if (QUEUE.test(callee)) return true
  if (NO_STORE.test(callee)) return false
  if (RUNS_SQL.test(callee)) return callee === 'sql' || fact.args.some(writesBySql)
  return STORE.test(callee.slice(0, callee.lastIndexOf('.')))
}

/** A statement as text, or as SQLAlchemy puts it together. */
function writesBySql(statement: string): boolean {
  return SQL_WRITE.test(statement) || /^(?:sa\.|pg_)?(?:insert|update|delete)\(/.test(statement)
}

/** Whether storing it twice leaves two of it: an insert or an increment without a guard. */
export function isRepeatable(fact: Fact): boolean {
  const callee = fact.captures['callee'] ?? ''
  if (namesModels(fact)) return ADDS_ROW.test(callee) || GROWS.test(fact.text)
  const method = callee.slice(callee.lastIndexOf('.') + 1)
  if (!isStored(fact) || QUEUE.test(callee)) return false
  if (/on\s+conflict|on\s+duplicate|insert\s+(?:or\s+)?ignore|merge\s+into/i.test(fact.text))
    return false
  if (
    /^(?:[cC]reate|createMany|CreateInBatches|[iI]nsert|[iI]nsertOne|[iI]nsertMany|insertInto|insert_one|insert_many|bulk_create|add|increment|decrement)$/.test(
      method,
    )
  )
    return !/skipDuplicates|ignore_conflicts/.test(fact.text)
  if (/(?:\bincrement|\bdecrement|\$inc)\s*["']?\s*:/.test(fact.text)) return true
  if (/\b(\w+)\s*:\s*[\w.!?]+\.\1\s*\+\s/.test(fact.text)) return true
  if (/\bF\(["']\w+["']\)\s*[+-]|=\s*([A-Z]\w*)\.(\w+)\s*[+-]\s*\w/.test(fact.text)) return true
  return (
    RUNS_SQL.test(callee) &&
    /^[rfb]{0,2}["'`]+\s*insert\b|=\s*\w+\s*[+-]\s*/i.test(
      fact.args.find((arg) => SQL_WRITE.test(arg)) ?? fact.args[0] ?? fact.text,
    )
  )
}

import type { Chain } from '#core/matrix/chains'
import { typeOf } from '#core/matrix/functions-called'

const WRITES_SQL =
  /\b(?:insert\s+(?:or\s+\w+\s+)?(?:ignore\s+)?into|replace\s+into|merge\s+into|update\s+[\w."`\\]+(?:\s+(?:as\s+)?\w+)?\s+set)\b/i
const WRITE_NAMES =
  /^(?:create\w*!?|insert\w*!?|save!?|saveAll|saveAndFlush|save_\w+|persist|merge|upsert\w*|update!?|update_?(?:one|many|all|by\w*|attributes?|columns?|record)\w*!?|updateOr\w+|put|put_?item|PutItem\w*|UpdateItem|update_item|add|Add|AddAsync|set|setDoc|addDoc|insert_?one|replace_?one|find_?one_?and_?update|findAndModify|bulk_create|bulkCreate|get_or_create|update_or_create|find_or_create_by!?|create_or_find_by!?|first_?or_?create\w*|FirstOrCreate|create_or_first|createOrFirst|find_or_create\w*|insertOrIgnore|insertIgnore|insertGetId|increment!?|decrement!?|increment_counter|store|write|record|append|push|touch|mark\w*|forceFill|fill|transact_write\w*|transactWrite\w*|batch|onConflict\w*|values|flush|save_changes|Create|Save|Insert\w*|Update\w*|Upsert\w*|execute|exec|Exec\w*|run|SaveChanges\w*|commit|delete_all|on_conflict\w*)$/
/** Names of write that stand for much else. */
const WEAK_NAMES =
  /^(?:execute|exec|Exec\w*|run|values|batch|commit|flush|SaveChanges\w*|add|Add|set|push|append|store|record|write|fill|touch)$/
/** Names under which code keeps its database. */
export const STORES =
  /(?:^|[.>:@$_])(?:prisma|db|DB|database|knex|pool|conn|connection|session|tx|trx|txn|em|manager|entityManager|entity_manager|dataSource|supabase|mongo\w*|collection|objects|firestore|table|ddb|dynamo\w*|documentClient|docClient|jdbc\w*|jdbcTemplate|dsl|queries|q|store|inbox|outbox|dao|repo|repository|\w+(?:Repo|Repository|Model|Table|Store|Collection|Dao|DAO|Context|Inbox|Outbox|_repo|_repository|_store|_collection|_table))(?=\b|_)/i
const MODEL = /^(?:[A-Z]\w*::)*[A-Z][a-z]\w*$/
/** Classes that are no models, though they are called like one. */
const NO_MODEL =
  /(?:Client|Service|Api|Session|Customer|Charge|PaymentIntent|Builder|Factory|Command|Job|Mailer)$/
/** Models create themselves: what else a class creates is no row of it. */
const CREATES_OTHER = /^create_(?!or_|with\b|many|all\b|bulk)[a-z]/
const STORE_TYPE =
  /(?:Repository|Repo|DbContext|EntityManager|Pool|Store|Dao|Collection|Connection|Model|Database|Queries|DataSource)$/
const SENDS_COMMAND =
  /\b(?:Put|Update|TransactWrite|BatchWrite)(?:Item|Items)?Command\b|\b(?:put_item|update_item|transact_write_items|PutItem|UpdateItem|TransactWriteItems)\b/
const NO_STORE =
  /^(?:this\.|self\.)?(?:res|resp|response|reply|ctx|c|req|request|headers?|logger|log|console|map|set|seen|params|formData|url|searchParams|hmac|hash|mac|digest|crypto|cipher|stripe|axios|http|client\.messages|Set|Map|Date|Math|Object|JSON|Promise|Array|Buffer|span|metrics|errors|list|items|result|results|rows|data|Response|JsonResponse|Redirect|Result|Log|Carbon|Str|Arr)$|\.(?:headers|logger|log|metrics|searchParams)$|^(?:Notification|Mail|Stripe|Http|Log|Event|Storage|Queue|Bus)$/
export const REDIS =
  /\b(?:redis|rdb|valkey|memcache\w*|cache|Cache|kv|KV|REDIS|\$redis|stringRedisTemplate|opsForValue)\b/i
const BUILDER_WRITES = /^(?:insert\w*|increment|decrement|update|upsert|save|create)!?$/
const BUILDER_HEAD = /^(?:trx|tx|db|knex|qb|insert|update|query)\b/
const RECORD_WRITES =
  /^(?:save!?|update!?|update_columns?|update_attributes?|increment!|touch|create!|mark\w*!)$/
const NO_STATEMENT = /["'`]\s*(?:BEGIN|COMMIT|ROLLBACK|SET|LISTEN|LOCK|SAVEPOINT)\b/i

/** Whether a chain writes to something that outlives the process. */
export function isWriting(chain: Chain): boolean {
  const { head, text, names } = chain
  if (WRITES_SQL.test(text) && !/^\s*(?:["'`]|\w+$)/.test(text)) return true
  if (SENDS_COMMAND.test(text)) return true
  const owner = head.replace(/(?:\.|->|::|&\.|\?\.)?\w+[?!]?$/, '')
  const last = names.findLast((name) => WRITE_NAMES.test(name))
  if (last === undefined || names[0] === 'new') return false
  if (isStoreByType(chain, owner) && !/^(?:add|Add|set|push)$/.test(last)) return true
  return WEAK_NAMES.test(last) ? isStatement(chain, last, owner) : isRecord(chain, last, owner)
}

function isStoreByType({ file }: Chain, owner: string): boolean {
  return STORE_TYPE.test(typeOf(file, owner.split(/\?\.|\.|->|::/).at(-1) ?? '') ?? '')
}

/** A model, a table or a query that is put together. */
function isRecord({ head, names, file }: Chain, last: string, owner: string): boolean {
  if (NO_STORE.test(owner) || NO_STORE.test(head)) return false
  if (names.includes('getRepository') || names.includes('collection')) return true
  if (STORES.test(owner) || STORES.test(head.split(/\W/)[0] ?? '')) return true
  if (MODEL.test(owner) && !NO_MODEL.test(owner) && !CREATES_OTHER.test(last)) return true
  if (names.length > 1 && BUILDER_WRITES.test(last) && BUILDER_HEAD.test(head)) return true
  const hasRecords = ['ruby', 'python', 'php'].includes(file.language)
  const isService = owner === '' || /\b(?:service|client|api|stripe)\b/i.test(owner)
  return hasRecords && RECORD_WRITES.test(last) && !isService
}

/** Of words that stand for much else: a statement that writes, in a store. */
function isStatement({ text, head, file }: Chain, last: string, owner: string): boolean {
  if (/^SaveChanges/.test(last)) return true
  if (/^(?:commit|flush)$/.test(last))
    return file.language === 'python' && /session|db$/.test(owner)
  if (/^(?:add|Add)$/.test(last)) return /\b(?:collection|firestore)\b/i.test(head)
  if (/^(?:execute|exec|Exec\w*|run|values|batch)$/.test(last))
    return STORES.test(owner) && !/\bselect\b/i.test(text) && !NO_STATEMENT.test(text)
  const isKept = /\b(?:doc|inbox|outbox|ledger|repository)\b/i.test(head)
  return STORES.test(owner) || REDIS.test(owner) || isKept
}

import { isHarmless, isReading } from '#core/matrix/chain-words'
import type { Chain } from '#core/matrix/chains'
import type { MomentKind } from '#core/matrix/delivery-signs'
import { typeOf } from '#core/matrix/functions-called'
import { quietOf } from '#core/matrix/region'
import { standsInFailure } from '#core/matrix/surroundings'

/** What a call does to a delivery. */
export interface Effect {
  readonly kind: MomentKind
  /** Where in the chain it shows, when not at its start. */
  readonly offset: number
  /** Of what is stored or handed on: the whole delivery or what it leads to, not its id alone. */
  readonly carries: boolean
  /** It leaves this system. */
  readonly remote: boolean
}

const WRITES_SQL =
  /\b(?:insert\s+(?:or\s+\w+\s+)?(?:ignore\s+)?into|replace\s+into|merge\s+into|update\s+[\w."`\\]+(?:\s+(?:as\s+)?\w+)?\s+set)\b/i
const DELETES_SQL = /\bdelete\s+from\b/i
const WRITE_NAMES =
  /^(?:create\w*!?|insert\w*!?|save!?|saveAll|saveAndFlush|save_\w+|persist|merge|upsert\w*|update!?|update_?(?:one|many|all|by\w*|attributes?|columns?|record)\w*!?|updateOr\w+|put|put_?item|PutItem\w*|UpdateItem|update_item|add|Add|AddAsync|set|setDoc|addDoc|insert_?one|replace_?one|find_?one_?and_?update|findAndModify|bulk_create|bulkCreate|get_or_create|update_or_create|find_or_create_by!?|create_or_find_by!?|first_?or_?create\w*|FirstOrCreate|create_or_first|createOrFirst|find_or_create\w*|insertOrIgnore|insertIgnore|insertGetId|increment!?|decrement!?|increment_counter|store|write|record|append|push|touch|mark\w*|forceFill|fill|transact_write\w*|transactWrite\w*|batch|onConflict\w*|values|flush|save_changes|Create|Save|Insert\w*|Update\w*|Upsert\w*|execute|exec|Exec\w*|run|SaveChanges\w*|commit|delete_all|on_conflict\w*)$/
const STORES =
  /(?:^|[.>:@$_])(?:prisma|db|DB|database|knex|pool|conn|connection|session|tx|trx|txn|em|manager|entityManager|entity_manager|dataSource|supabase|mongo\w*|collection|objects|firestore|table|ddb|dynamo\w*|documentClient|docClient|jdbc\w*|jdbcTemplate|dsl|queries|q|store|inbox|outbox|dao|repo|repository|\w+(?:Repo|Repository|Model|Table|Store|Collection|Dao|DAO|Context|Inbox|Outbox|_repo|_repository|_store|_collection|_table))(?=\b|_)/i
const MODEL = /^(?:[A-Z]\w*::)*[A-Z][a-z]\w*$/
const SENDS_COMMAND =
  /\b(?:Put|Update|TransactWrite|BatchWrite)(?:Item|Items)?Command\b|\b(?:put_item|update_item|transact_write_items|PutItem|UpdateItem|TransactWriteItems)\b/
const NO_STORE =
  /^(?:this\.|self\.)?(?:res|resp|response|reply|ctx|c|req|request|headers?|logger|log|console|map|set|seen|params|formData|url|searchParams|hmac|hash|mac|digest|crypto|cipher|stripe|axios|http|client\.messages|Set|Map|Date|Math|Object|JSON|Promise|Array|Buffer|span|metrics|errors|list|items|result|results|rows|data|Response|JsonResponse|Redirect|Result|Log|Carbon|Str|Arr)$|\.(?:headers|logger|log|metrics|searchParams)$|^(?:Notification|Mail|Stripe|Http|Log|Event|Storage|Queue|Bus)$/

const CLAIM_NAMES =
  /^(?:setnx|SetNX|set_nx|setIfAbsent|putIfAbsent|put_if_absent|onConflictDoNothing|on_conflict_do_nothing|orIgnore|insertIgnore\w*|insertOrIgnore|insert_ignore|insert_conflict|orDoNothing|get_or_create|find_or_create_by!?|create_or_find_by!?|first_?or_?create!?|FirstOrCreate|createOrFirst|create_or_first|firstOrCreate|findOrCreate|LoadOrStore|TryAdd\w*)$/
const CLAIM_TEXT =
  /\bon\s+conflict\b[^;]{0,160}\bdo\s+nothing\b|\bon\s+conflict\b[^;]{0,200}\bdo\s+update\b[^;]{0,200}\bwhere\b|\binsert\s+(?:or\s+)?ignore\b|\bon\s+conflict\s*\(?[^;]{0,80}$|\bwhere\s+not\s+exists\b|\bskipDuplicates\s*:\s*true|\bignore_conflicts\s*=\s*True|["']NX["']|\bnx\s*[=:]\s*true|\bNX\s*:\s*true|\battribute_not_exists\b|\bunless_exist:\s*true|\bWhen\.NotExists\b|\bIF NOT EXISTS\b|\bunique_by\b|\bwhen\s+not\s+matched\b|Precondition\w*\s*[:=(]{1,2}\s*(?:does_?[nN]ot_?[eE]xist|exists\s*[:=]\s*false)|\bIf-?None-?Match\b|DoNothing:\s*true|\.onConflict\([^)]*\)\s*\.ignore\(|on_duplicate_key_ignore|ON DUPLICATE KEY UPDATE\s+\w+\s*=\s*\w+\s*$/i
const CACHE_ADD = /(?:^|[.:_])(?:cache|Cache)(?:\.|::|->)add$|(?:^|\.)cache\.(?:add|set_add)$/
/** A function of this name takes an event for itself. */
const CLAIM_CALL =
  /^(?:(?:try_?)?claim\w*|(?:try_?)?reserve(?:_?(?:event|delivery|webhook|message|key|id))?\w*|mark_?once|first_?time\w*|first_?seen\w*|try_?acquire\w*|remember_?once|record_?once|insert_?once|register_?once|is_?first\w*|try_?(?:insert|record|register|mark|begin|start)\w*|record_?if_?new|insert_?if_?(?:new|absent)|add_?if_?absent|create_?if_?absent)$/i
const REDIS =
  /\b(?:redis|rdb|valkey|memcache\w*|cache|Cache|kv|KV|REDIS|\$redis|stringRedisTemplate|opsForValue)\b/i
const QUEUE_OPTION =
  /\bjobId\s*:|\bjob_id\s*=|\b_job_id\s*=|\bTaskID\s*\(|\btask_id\s*=|\b[mM]essageDeduplicationId\b|\bmessage_deduplication_id\b|\bsingletonKey\s*:|\bUniqueOpts\b|\bunique_for\b|\buniqueFor\b|\bdeduplicationId\b|\bdedup(?:e|lication)_?(?:key|id)\b|\bqueueing_lock\s*=|\bjob_key\b|\bjobKey\s*:/i

const ENQUEUES =
  /^(?:perform_?later|perform_async|performAsync|perform_in|perform_at|apply_async|applyAsync|send_task|sendToQueue|basicPublish|basic_publish|BasicPublish\w*|convertAndSend|convertSendAndReceive|sendMessageBatch|SendMessages?(?:Async|Batch\w*)?|send_messages?|send_batch|PublishAsync|publish_?message\w*|publishEvent|produce\w*|Produce\w*|ProduceAsync|WriteMessages?|LPush|RPush|XAdd|lpush|rpush|lPush|rPush|xadd|xAdd|leftPush|rightPush|addJob|add_job|addBulk|defer_async|add_task|enqueue\w*|Enqueue\w*|PublishWithContext|Publish|publish|dispatchSync|InsertTx|insert_job|quickAddJob|delay|send_with_options|dispatch|push|add|send|put|Insert|sendMessage|schedule|Schedule)$/
/** Names that stand for a queue only on something that is one. */
const WEAK =
  /^(?:add|send|put|push|Publish|publish|publishEvent|produce|delay|dispatch|Insert|sendMessage|schedule|Schedule|dispatchSync|addJob|enqueue\w*|Enqueue\w*)$/
const QUEUE_HEAD =
  /(?:queue|jobs?|producer|publisher|inngest|boss|sqs|sns|pubsub|topic|bullmq|kafka\w*|rabbit\w*|amqp|channel|broker|asynq|river|celery|dispatcher|messageBus|message_bus|bus|hangfire|BackgroundJob|sender|stream|exchange|worker|tasks?|scheduler|nats|js|jetstream|builds)s?(?:$|[.(])|(?:Queue|Jobs?|Producer|Publisher|Bus|Topic|Sender|Channel|Outbox|Client|Dispatcher)$/i
const JOB_CLASS = /(?:Job|Worker|Task|Command|Message|Event|Handler)s?$/
/** Handed on within the process: gone when it ends. */
const IN_MEMORY =
  /\b(?:Channel|channel|_channel)\.Writer\b|\.Writer\.(?:Try)?Write|\bQueueBackgroundWorkItem\w*|\bBackgroundTasks?\b|\bbackground_tasks?\b|\bput_nowait\b|\basyncio\.Queue\b|\beventEmitter\b|\bEventEmitter\b|\bemitter\b|\bapplicationEventPublisher\b|\beventPublisher\.publishEvent\b|\b_?mediator\b|\b_?mediatr\b|\bexecutor\b|\bExecutorService\b|\bthreadPool\w*|\bThreadPool\b/i

const DEAD_TARGET =
  /dead[_-]?letter|(?:^|[^a-z])dlq|dlq(?:$|[^a-z])|Dlq\b|DLQ|(?:^|[^a-z])dead_?[a-z]*|(?:[a-z])Dead(?:[A-Z]\w*)?\b|\bDead[A-Z]\w*|(?:^|[^a-z])failed_?\w*|failures?(?:$|[^a-z]|[A-Z])|Failed\w*|Failure\w*|poison|parked|parking|quarantin|unprocessable_|unprocessed_/
const DEAD_STATUS =
  /(?:\b|_)(?:status|state|Status|State)\b["'`]?\)?\s*(?:=(?!=)|:|=>|,)\s*(?:["'`:]|(?:\w+(?:\.|::))+)?\w*(?:failed|dead\b|dead_\w+|errored|error\b|poison\w*|abandoned|exhausted|quarantined|parked|gave_?up|given_?up)/i
const DEAD_NAMES =
  /^(?:mark_?(?:as_?)?(?:failed|dead|poison\w*)\w*|(?:failed|dead|fail|park|bury|quarantine)!|bury|moveToFailed|move_?to_?dead\w*|dead_?letter\w*|quarantine\w*|park(?:Event|Delivery|Message|_\w+)?|record_?failure\w*|save_?failure\w*|keep_?(?:failed|failure|dead)\w*|store_?failed\w*|set_?failed\w*|to_?dead\w*|to_?dlq|send_?to_?dlq|DeadLetterMessage\w*|basic_?reject|log_?failed_?\w+)$/i

const CARRIES =
  /\b(?:payload|raw_?\w*|raw[A-Z]\w*|body|content|contents|json|Json|JSON|serialized|blob|data_json|bytes|message_body|MessageBody|stringify|json_encode|dumps|to_json|Marshal|snapshot|details|attributes)\b|\bdata\b(?!\s*:\s*\{)|\w+(?:Payload|Body|Json|JSON|Data)\b|_(?:payload|body|json|data)\b|(?:^|[(,{\s=])(?:event|message|notification|delivery|evt|msg)\s*[,)}\]]/

/** What a chain does, of all that matters to a delivery; empty where it is nothing. */
export function effectsOf(chain: Chain, around: string): readonly Effect[] {
  if (chain.isMade) return []
  const last = chain.names.at(-1) ?? ''
  if (isHarmless(chain)) return []
  const dead = deadLetter(chain)
  if (dead !== null) return [dead]
  const handed = handedOn(chain, last)
  if (handed !== null) return handed
  const stored = stored_(chain, around)
  if (stored !== null) return stored
  if (chain.names.some((name) => CLAIM_CALL.test(name)) && !isReading(chain))
    return [effect('claim', chain, { carries: CARRIES.test(chain.text) })]
  return []
}

function effect(
  kind: MomentKind,
  { start }: Chain,
  { carries = false, remote = false, offset = start }: Partial<Effect> = {},
): Effect {
  return { kind, offset, carries, remote }
}

/** Where something is written: the receiver, the table, the class that is made. */
export function targetOf({ head, text, names }: Chain): string {
  const named = [
    ...text.matchAll(
      /\b(?:into|update|from)\s+["`\\]?([\w.]+)|\bnew\s+(\w+)|\bTableName["']?\s*[:=]\s*["'\w.]*?(\w+)["']?\s*[,}\n]|^\w+\(\s*["'`](\w+)["'`]|\b(?:collection|table|from|Table|into)\(\s*["'`](\w+)["'`]|\binsert(?:_into)?\(\s*(\w+)|&(?:\w+\.)?(\w+)\{|\b(?:add|Add|persist|save|Save)\w*\(\s*(?:new\s+)?(\w+)\s*\(|\b(?:QueueUrl|queue_url|TopicArn|topic)["']?\s*[:=]\s*([\w.$]+)/gi,
    ),
  ].flatMap((match) => match.slice(1).filter((one) => one !== undefined))
  return [head, ...named, names[0] ?? ''].join(' ')
}

function deadLetter(chain: Chain): Effect | null {
  const { text, names, file, start } = chain
  const fails = names.some((name) => DEAD_NAMES.test(name))
  if (fails) return effect('dead-letter', chain)
  if (isReading(chain)) return null
  const writes =
    isWriting(chain) ||
    names.some(
      (name) =>
        ENQUEUES.test(name) ||
        /^(?:save|create|insert|record|store|persist|write|append|add|publish|send|push)!?(?:Async|Many|One)?$/i.test(
          name,
        ),
    )
  if (!writes) {
    const isStatus = /^set_?(?:status|state)$/i.test(names.at(-1) ?? '')
    return isStatus && /failed|dead|error/i.test(text) && standsInFailure(file, start)
      ? effect('dead-letter', chain)
      : null
  }
  if (DEAD_TARGET.test(targetOf(chain))) return effect('dead-letter', chain)
  const written = text.replace(/\bwhere\b[\s\S]{0,300}$/i, '')
  return DEAD_STATUS.test(written) && standsInFailure(file, start)
    ? effect('dead-letter', chain)
    : null
}

function handedOn(chain: Chain, last: string): readonly Effect[] | null {
  const { head, text, names, start } = chain
  const isBus = names.some((name) => ENQUEUES.test(name))
  const isCommand =
    /\bnew\s+(?:SendMessage|Publish|PutEvents|PutRecord)\w*Command\b|\bput_events\b/.test(text)
  if (!isBus && !isCommand) return null
  if (IN_MEMORY.test(head) || IN_MEMORY.test(names.join(' '))) return [effect('beside', chain)]
  const owner = `${head.replace(/(?:\.|->|::)\w+[?!]?$/, '')}`
  const isWeak =
    !isCommand && names.filter((name) => ENQUEUES.test(name)).every((name) => WEAK.test(name))
  const isQueue =
    QUEUE_HEAD.test(owner) ||
    JOB_CLASS.test(owner) ||
    (chain.file.language === 'php' && /::dispatch\w*$/.test(head)) ||
    (last === 'delay' && chain.file.language === 'python') ||
    /^(?:enqueue|dispatch)$/i.test(head) ||
    (/^\w*dispatch$/.test(head) && /\bnew\s+\w+|\b[A-Z]\w+::/.test(text))
  if (isWeak && !isQueue) return null
  if (/\b(?:chat|views|users|messages|mail\w*|sms|email|twilio|slack|octokit|ses)\b/i.test(owner))
    return null
  if (/^(?:redis|rdb)/i.test(owner) && /^(?:publish|Publish)$/.test(last))
    return [effect('beside', chain)]
  const option = QUEUE_OPTION.exec(text)
  const queued = effect('enqueue', chain, { carries: true })
  return option === null
    ? [queued]
    : [queued, effect('claim', chain, { offset: start + option.index, carries: true })]
}

/** Whether a chain writes to something that outlives the process. */
export function isWriting(chain: Chain): boolean {
  const { head, text, names, file } = chain
  if (WRITES_SQL.test(text) && !/^\s*(?:["'`]|\w+$)/.test(text)) return true
  if (SENDS_COMMAND.test(text)) return true
  const owner = head.replace(/(?:\.|->|::|&\.|\?\.)?\w+[?!]?$/, '')
  const last = names.findLast((name) => WRITE_NAMES.test(name))
  if (last === undefined || names[0] === 'new') return false
  const type = typeOf(file, owner.split(/\?\.|\.|->|::/).at(-1) ?? '') ?? ''
  if (
    !/^(?:add|Add|set|push)$/.test(last) &&
    /(?:Repository|Repo|DbContext|EntityManager|Pool|Store|Dao|Collection|Connection|Model|Database|Queries|DataSource)$/.test(
      type,
    )
  )
    return true
  if (
    /^(?:execute|exec|Exec\w*|run|values|batch|commit|flush|SaveChanges\w*|add|Add|set|push|append|store|record|write|fill|touch)$/.test(
      last,
    )
  )
    return isStatement(chain, last, owner)
  if (NO_STORE.test(owner) || NO_STORE.test(head)) return false
  if (names.includes('getRepository') || names.includes('collection')) return true
  if (STORES.test(owner) || STORES.test(`${head.split(/\W/)[0] ?? ''}`)) return true
  if (
    MODEL.test(owner) &&
    !/(?:Client|Service|Api|Session|Customer|Charge|PaymentIntent|Builder|Factory|Command|Job|Mailer)$/.test(
      owner,
    )
  )
    return true
  if (
    names.length > 1 &&
    /^(?:insert\w*|increment|decrement|update|upsert|save|create)!?$/.test(last) &&
    /^(?:trx|tx|db|knex|qb|insert|update|query)\b/.test(head)
  )
    return true
  return (
    (file.language === 'ruby' || file.language === 'python' || file.language === 'php') &&
    /^(?:save!?|update!?|update_columns?|update_attributes?|increment!|touch|create!|mark\w*!)$/.test(
      last,
    ) &&
    owner !== '' &&
    !/\b(?:service|client|api|stripe)\b/i.test(owner)
  )
}

/** Of words that stand for much else: a statement that writes, in a store. */
function isStatement({ text, head, file }: Chain, last: string, owner: string): boolean {
  if (/^SaveChanges/.test(last)) return true
  if (/^(?:commit|flush)$/.test(last))
    return file.language === 'python' && /session|db$/.test(owner)
  if (/^(?:add|Add)$/.test(last)) return /\b(?:collection|firestore)\b/i.test(head)
  if (/^(?:execute|exec|Exec\w*|run|values|batch)$/.test(last))
    return (
      STORES.test(owner) &&
      !/\bselect\b/i.test(text) &&
      !/["'`]\s*(?:BEGIN|COMMIT|ROLLBACK|SET|LISTEN|LOCK|SAVEPOINT)\b/i.test(text)
    )
  return (
    STORES.test(owner) ||
    REDIS.test(owner) ||
    /\b(?:doc|inbox|outbox|ledger|repository)\b/i.test(head)
  )
}

function stored_(chain: Chain, around: string): readonly Effect[] | null {
  const { text, names, head } = chain
  const isCache = REDIS.test(head)
  // A statement that is put together here and run elsewhere is no statement yet.
  if (
    /^(?:insert|pg_insert|update|select|sa\.insert|sqlalchemy\.insert)$/.test(head) ||
    (names.length === 1 && names[0] === 'prepare')
  )
    return []
  const runsBuilt = /^(?:execute|exec|run|scalars?|Exec\w*|query)$/.test(names[0] ?? '')
  const whole = runsBuilt ? `${text}\n${around}` : text
  const isClaim =
    names.some((name) => CLAIM_NAMES.test(name)) ||
    CLAIM_TEXT.test(whole) ||
    (runsBuilt && /\bon_conflict_do_nothing\(|\.prefix_with\(["']IGNORE/i.test(around)) ||
    CACHE_ADD.test(head)
  if (isClaim && (isCache || CACHE_ADD.test(head))) return [effect('claim', chain)]
  const deletes =
    DELETES_SQL.test(text) ||
    names.some((name) =>
      /^(?:delete\w*|destroy\w*!?|remove\w*|Delete\w*|Remove\w*|del|Del|forget|release\w*|unclaim\w*|unlink)$/.test(
        name,
      ),
    )
  if (deletes) return isStoreOf(chain) ? [effect('release', chain)] : null
  if (!isWriting(chain) && !isClaim) return null
  const carries = CARRIES.test(withoutId(text)) || CARRIES.test(withoutId(around))
  if (isClaim) return [effect('claim', chain, { carries })]
  if (isCache) return []
  return [effect('store', chain, { carries })]
}

/** A member of the event is no event: `payload.event_id`. */
function withoutId(text: string): string {
  return text.replaceAll(
    /\$?\b\w+(?:\??\.|\??->|\[["'])(\w+)["']?\]?(?![\w(])/g,
    (whole, member: string) => (CARRIED.test(member) ? whole : ''),
  )
}

const CARRIED = /^(?:payload|body|data|raw\w*|json|content|resource|object|attributes|details)$/i

function isStoreOf({ head, text, names }: Chain): boolean {
  if (names.includes('new')) return false
  return (
    DELETES_SQL.test(text) ||
    STORES.test(head) ||
    REDIS.test(head) ||
    /event|delivery|claim|record|entry|lock/i.test(head)
  )
}

/** Where a failure is written by an assignment: `event.status = "failed"`. */
export function deadAssignments({
  file,
  start,
  end,
}: Pick<Chain, 'file' | 'start' | 'end'>): readonly {
  readonly offset: number
  readonly text: string
}[] {
  const { text } = quietOf(file)
  return [
    ...text
      .slice(start, end)
      .matchAll(
        /[\w$)\]]\s*(?:\.|->)\s*(?:status|state|Status|State)\s*=(?!=)\s*[^;\n]{0,80}?(?:[fF]ailed|FAILED|\b[dD]ead\b|DEAD|[eE]rrored|ERRORED|[pP]oison\w*|POISON\w*|[aA]bandoned|[pP]arked|PARKED)\w*/g,
      ),
  ].flatMap(({ index, 0: match }) =>
    standsInFailure(file, start + index) ? [{ offset: start + index, text: match }] : [],
  )
}

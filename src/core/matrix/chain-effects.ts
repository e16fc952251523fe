import { isHarmless, isReading } from '#core/matrix/chain-words'
import type { Chain } from '#core/matrix/chains'
import type { MomentKind } from '#core/matrix/delivery-signs'
import { quietOf } from '#core/matrix/region'
import { storeEffectsOf } from '#core/matrix/store-effects'
import { isWriting } from '#core/matrix/store-words'
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
const FAILED_STATUS =
  /["'`:]\w{0,20}(?:failed|dead|error)\w{0,20}\b|[._]\w{0,20}(?:Failed|Dead|Error|FAILED|DEAD|ERROR)\b(?!\()/
const DEAD_NAMES =
  /^(?:mark_?(?:as_?)?(?:failed|dead|poison\w*)\w*|(?:failed|dead|fail|park|bury|quarantine)!|bury|moveToFailed|move_?to_?dead\w*|dead_?letter\w*|quarantine\w*|park(?:Event|Delivery|Message|_\w+)?|record_?failure\w*|save_?failure\w*|keep_?(?:failed|failure|dead)\w*|store_?failed\w*|set_?failed\w*|to_?dead\w*|to_?dlq|send_?to_?dlq|DeadLetterMessage\w*|basic_?reject|log_?failed_?\w+)$/i

/**
 * What a chain does, of all that matters to a delivery; empty where it is nothing.
 *
 * @param around what was put together before and is stored by it
 */
export function effectsOf(chain: Chain, around: string): readonly Effect[] {
  if (chain.isMade || isHarmless(chain)) return []
  const dead = deadLetter(chain)
  if (dead !== null) return [dead]
  const stored = storeEffectsOf(chain, around) ?? []
  return handedOn(chain) ?? stored.map(({ kind, carries }) => effect(kind, chain, { carries }))
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
      /\b(?:into|update|from)\s+["`\\]?([\w.]+)|\bnew\s+(\w+)|\bTableName["']?\s*[:=]\s*["'\w.]*?(\w+)["']?\s*[,}\n]|^\w+\(\s*["'`](\w+)["'`]|\b(?:collection|table|from|Table|into)\(\s*["'`](\w+)["'`]|\b(?:insert(?:_into)?|get(?:Custom)?Repository|getModel|model)\(\s*(\w+)|&(?:\w+\.)?(\w+)\{|\b(?:add|Add|persist|save|Save)\w*\(\s*(?:new\s+)?(\w+)\s*\(|\b(?:QueueUrl|queue_url|TopicArn|topic)["']?\s*[:=]\s*([\w.$]+)/gi,
    ),
  ].flatMap((match) => match.slice(1).filter((one) => one !== undefined))
  return [head, ...named, names[0] ?? ''].join(' ')
}

const KEEPS =
  /^(?:save|create|insert|record|store|persist|write|append|add|publish|send|push)!?(?:Async|Many|One)?$/i

function deadLetter(chain: Chain): Effect | null {
  if (chain.names.some((name) => DEAD_NAMES.test(name))) return effect('dead-letter', chain)
  if (isReading(chain)) return null
  return isKeptAsDead(chain) ? effect('dead-letter', chain) : null
}

function isKeptAsDead(chain: Chain): boolean {
  const { text, names, file, start } = chain
  const writes = isWriting(chain) || names.some((name) => ENQUEUES.test(name) || KEEPS.test(name))
  if (!writes) {
    const isStatus = /^set_?(?:status|state)$/i.test(names.at(-1) ?? '')
    return isStatus && FAILED_STATUS.test(text) && standsInFailure(file, start)
  }
  if (DEAD_TARGET.test(targetOf(chain))) return true
  const written = text.replace(/\bwhere\b[\s\S]{0,300}$/i, '')
  return DEAD_STATUS.test(written) && standsInFailure(file, start)
}

const COMMANDS = /\bnew\s+(?:SendMessage|Publish|PutEvents|PutRecord)\w*Command\b|\bput_events\b/
/** Messages to people are no work that waits. */
const TO_PEOPLE = /\b(?:chat|views|users|messages|mail\w*|sms|email|twilio|slack|octokit|ses)\b/i

function handedOn(chain: Chain): readonly Effect[] | null {
  const { head, text, names, start } = chain
  const sends = names.filter((name) => ENQUEUES.test(name))
  const isCommand = COMMANDS.test(text)
  if (sends.length === 0 && !isCommand) return null
  if (IN_MEMORY.test(head) || IN_MEMORY.test(names.join(' '))) return [effect('beside', chain)]
  const owner = head.replace(/(?:\.|->|::)\w+[?!]?$/, '')
  const isWeak = !isCommand && sends.every((name) => WEAK.test(name))
  if ((isWeak && !isQueue(chain, owner)) || TO_PEOPLE.test(owner)) return null
  if (/^(?:redis|rdb)/i.test(owner) && /^publish$/i.test(names.at(-1) ?? ''))
    return [effect('beside', chain)]
  const queued = effect('enqueue', chain, { carries: true })
  const option = QUEUE_OPTION.exec(text)
  return option === null
    ? [queued]
    : [queued, effect('claim', chain, { offset: start + option.index, carries: true })]
}

/** Whether a word such as `add` or `send` is said to a queue. */
function isQueue({ head, names, text, file }: Chain, owner: string): boolean {
  if (QUEUE_HEAD.test(owner) || JOB_CLASS.test(owner)) return true
  if (file.language === 'php' && /::dispatch\w*$/.test(head)) return true
  if (file.language === 'python' && names.at(-1) === 'delay') return true
  const handsJob = /^\w*dispatch$/.test(head) && /\bnew\s+\w+|\b[A-Z]\w+::/.test(text)
  return handsJob || /^(?:enqueue|dispatch)$/i.test(head)
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
        /[\w$)\]](?:\s*(?:\.|->)\s*(?:status|state|Status|State)|\[["':]?(?:status|state)["']?\])\s*=(?!=)\s*[^;\n]{0,80}?(?:[fF]ailed|FAILED|\b[dD]ead\b|DEAD|[eE]rrored|ERRORED|[pP]oison\w*|POISON\w*|[aA]bandoned|[pP]arked|PARKED)\w*/g,
      ),
  ].flatMap(({ index, 0: match }) =>
    standsInFailure(file, start + index) ? [{ offset: start + index, text: match }] : [],
  )
}

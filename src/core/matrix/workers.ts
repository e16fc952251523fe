import { within } from '#core/facts/scopes'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import { chainsIn } from '#core/matrix/chains'
import { definitionsOf } from '#core/matrix/definitions'
import { drainsOf } from '#core/matrix/drains'
import { bodyOf, functionsOf, RUNS } from '#core/matrix/functions-called'
import type { Moment } from '#core/matrix/moment'
import { quietOf, type Region, textOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Who works off what a handler keeps. */
export interface Worker {
  /** The function that is given one piece of work. */
  readonly region: Region
  /** Where it stands: its class or file, in which failures may be kept. */
  readonly home: Region
}

/** Workers of one handler that are followed. */
const MAX_WORKERS = 4

/** The workers that a handler's queue, job or table leads to, as far as they are at hand. */
export function workersOf(
  graph: CallGraph,
  moments: readonly Moment[],
  handler: Declared,
  read: ReadonlySet<string>,
): readonly Worker[] {
  const handed = moments.filter(
    ({ kind, part }) => (kind === 'enqueue' || kind === 'beside') && part === 'handler',
  )
  const named = handed.flatMap((one) => jobsOf(graph, one))
  if (named.length > 0) return distinct(named)
  const queued = handed.flatMap((one) => consumersOf(graph, one, handler))
  if (queued.length > 0) return distinct(queued)
  if (handed.some(({ kind }) => kind === 'enqueue')) return []
  const stored = moments.filter(
    ({ kind, part }) => (kind === 'store' || kind === 'claim') && part === 'handler',
  )
  return distinct(
    stored
      .flatMap((one) => drainsOf(graph, one, handler))
      .map(({ file, start, end }) => workerAt(file, { start, end })),
  ).filter(({ region: { file, start, end } }) => !read.has(`${file.path}:${start}:${end}`))
}

function distinct(workers: readonly Worker[]): readonly Worker[] {
  const byPlace = new Map(
    workers.map((one) => [`${one.region.file.path}:${one.region.start}`, one] as const),
  )
  return [...byPlace.values()].slice(0, MAX_WORKERS)
}

/** The job that is handed on by its name: `SyncJob.perform_later(id)`, `dispatch(new Sync($id))`. */
function jobsOf(graph: CallGraph, moment: Moment): readonly Worker[] {
  const { file, offset } = moment
  const chain = chainsIn({ file, start: offset, end: offset + moment.text.length + 2_000 }).find(
    ({ start }) => start === offset,
  )
  if (chain === undefined) return []
  const declared = functionsOf(graph, chain)
  const messages = [...chain.text.matchAll(/\bnew\s+(\w+)|\b([A-Z]\w+)[({]/g)].map(
    ([, one, other]) => one ?? other ?? '',
  )
  return [
    ...declared.flatMap((one) => {
      const region = bodyOf(one)
      const isOwn =
        region === null ||
        /\b(?:publish|enqueue|basicPublish|sendToQueue|send_message|push)\b/i.test(
          one.fact.captures['name'] ?? '',
        )
      return isOwn ? [] : [{ region, home: homeOf(one) }]
    }),
    ...messages.flatMap((name) => takersOf(graph, name, file)),
  ]
}

/** The handler of a message's class: `public function __invoke(StripeEvent $message)`. */
function takersOf(graph: CallGraph, name: string, own: CodeFile): readonly Worker[] {
  if (!/(?:Message|Event|Command|Job|Task|Notification|Received|Args)$/.test(name)) return []
  const takes = new RegExp(
    `^[^{]{0,300}[(<,]\\s*(?:\\w+\\s+)*(?:\\w+<)?${RegExp.escape(name)}>?\\s*(?:\\$?\\w+\\s*[,)]|\\s*>)|\\*river\\.Job\\[${RegExp.escape(name)}\\]`,
  )
  return [...graph.code.files.values()]
    .filter((file) => file.language === own.language && file.text.includes(name))
    .flatMap((file) =>
      factsOf(file, 'function')
        .filter(
          (fact) =>
            fact.captures['form'] === 'function' &&
            (RUNS.test(fact.captures['name'] ?? '') ||
              /^(?:on|handle)\w*/i.test(fact.captures['name'] ?? '')),
        )
        .filter((fact) => takes.test(quietOf(file).code.slice(fact.start, fact.start + 400)))
        .map((fact) => workerAt(file, { start: fact.start, end: fact.end })),
    )
}

function homeOf({ file, fact }: Declared): Region {
  const [around] = factsOf(file, 'function')
    .filter((one) => one.captures['form'] === 'class' && within(fact, one))
    .toReversed()
  const isPlain = around === undefined && fact.captures['form'] !== 'class'
  const { start, end } = isPlain ? { start: 0, end: file.text.length } : (around ?? fact)
  return { role: 'helper', file, start, end }
}

const CONSUMES =
  /\bnew\s+Worker\s*(?:<[^>]*>)?\(|@Processor\(|@Process\(|\.process\(|\bbasicConsume\(|\bbasic_consume\(|\bBasicConsume\w*\(|\.consume\(|\.Consume\(|@RabbitListener\b|@KafkaListener\b|@SqsListener\b|@JmsListener\b|@ServiceBusListener\b|@StreamListener\b|\b(?:boss|queue|worker|pgBoss)\.work\s*(?:<[^()]{0,200}>)?\(|\bcreateFunction\(|\beachMessage\b|\beachBatch\b|\bProcessTask\(|\bReceiveMessage\w*\(|\breceive_messages?\(|\bProcessMessageAsync\b|\bProcessErrorAsync\b|\bBackgroundService\b|\bIConsumer<|\bIHostedService\b|@shared_task\b|@\w+\.task\b|@dramatiq\.actor\b|@actor\b|\b[bB]L(?:POP|Pop|MOVE|Move)\b|\bbr?l?pop\(|\bbrpop\(|\bblpop\(|\bxread_?group\(|\bXReadGroup\(|\bhandleDelivery\(|@MessagePattern\(|@EventPattern\(|\bSQSHandler\b|\bSQSEvent\b|\bevents\.SQSEvent\b|\bsubscribe\(|\bSubscribe\w*\(|\bReadMessage\(|\bFetchMessage\(|\bReadAllAsync\(|\bWaitToReadAsync\(|\bfor\s+\w+(?:\s*,\s*\w+)?\s*:?=\s*range\s+\w|\.recv\(\)|\bregister_callback\(|\bnew\s+QueueWorker|\bconsumer\.run\(|\bmux\.HandleFunc\(|\bpoll\(|\bChannel\.Reader\b|\.Reader\.Read/g
/** Words that are no names of queues. */
const PLAIN =
  /^(?:application\/json|json|utf-?8|POST|GET|id|type|event|payload|body|data|default|queue|name|status|error|webhook|job|process|String|DataType)$/i

interface Read {
  readonly file: CodeFile
  readonly index: number
}

const READ = new WeakMap<CallGraph, readonly Read[]>()

/** Every place at which a queue is read. */
function readsOf(graph: CallGraph): readonly Read[] {
  const known = READ.get(graph)
  if (known !== undefined) return known
  const found = [...graph.code.files.values()].flatMap((file) =>
    [...quietOf(file).code.matchAll(CONSUMES)]
      .map(({ index }) => ({ file, index }))
      .filter(({ index }) => isConsumer(file, index)),
  )
  READ.set(graph, found)
  return found
}

/** Where the queue is read that something is handed to: by its name, its constant, or the only one at hand. */
function consumersOf(graph: CallGraph, moment: Moment, handler: Declared): readonly Worker[] {
  const keys = keysOf(graph, moment)
  const all = readsOf(graph).filter(({ file, index }) => !isInside(file, index, handler))
  const byKey = all.filter(({ file, index }) => {
    const near = quietOf(file).text.slice(Math.max(0, index - 400), index + 600)
    return keys.some((key) => near.includes(key))
  })
  const byFile =
    byKey.length > 0
      ? byKey
      : all.filter(({ file }) => keys.some((key) => quietOf(file).text.includes(key)))
  const isOnly = new Set(all.map(({ file }) => file)).size === 1
  return (byFile.length === 0 && isOnly ? all : byFile).flatMap(({ file, index }) =>
    consumerAt(graph, file, index),
  )
}

function isInside(file: CodeFile, index: number, { file: own, fact }: Declared): boolean {
  return file === own && index >= fact.start && index < fact.end
}

/** A router's `HandleFunc` and a browser's `subscribe` read no queue. */
function isConsumer(file: CodeFile, index: number): boolean {
  const { text } = quietOf(file)
  const near = text.slice(index, index + 120)
  if (/^mux\.HandleFunc/.test(near)) return /asynq/.test(text)
  if (/^for\s/.test(near))
    return /\brange\s+\w*(?:ch|chan|queue|jobs|events|work|inbox|tasks|messages|msgs)\w*\b/i.test(
      near.split('\n')[0] ?? '',
    )
  if (/^(?:\.process|\.consume|\.Consume|subscribe|Subscribe|poll)/.test(near))
    return /queue|bull|kafka|amqp|rabbit|nats|pubsub|channel|topic|consumer/i.test(text)
  return true
}

/** Names that lead from a queue to who reads it. */
function keysOf(graph: CallGraph, { file, text }: Moment): readonly string[] {
  const head = /^[\w$.@:>-]+/.exec(text)?.[0] ?? ''
  const owner = head.split(/\.|->|::/).at(-2) ?? ''
  const made = definitionsOf(graph, file, owner, { role: 'client' }).map(textOf)
  const { text: whole } = quietOf(file)
  const injected = [
    ...whole.matchAll(
      new RegExp(
        `@InjectQueue\\(\\s*["'\`]([^"'\`]+)["'\`]\\s*\\)[^)]{0,80}\\b${RegExp.escape(owner)}\\b`,
        'g',
      ),
    ),
  ].map(([, one = '']) => one)
  const constants = [
    ...text.matchAll(
      /\b(?:\w+\.)?((?:Type|Queue|Topic|Task)[A-Z]\w+|[A-Z][A-Z0-9_]{3,}|\w+(?:Queue|Topic)(?:Name|Url)?)\b/g,
    ),
  ].map(([, one = '']) => one)
  const named = constants.flatMap((one) =>
    definitionsOf(graph, file, one, { role: 'client' }).map(textOf),
  )
  const strings = [text, ...made, ...named].flatMap((one) =>
    [...one.matchAll(/["'`]([\w.:/-]{3,80})["'`]/g)].map(([, word = '']) => word),
  )
  return [...new Set([...strings, ...injected, ...constants])].filter((one) => !PLAIN.test(one))
}

const TAKES_ONE =
  /^(?:process|handle\w*|consume\w*|Consume\w*|work|Work|perform|run|ProcessTask|__invoke|Handle\w*|ExecuteAsync|on\w*Message\w*|handleDelivery|HandleDelivery|eachMessage|receive\w*|on[A-Z]\w*|Process\w*)$/

/** The function that is given what is read at an offset. */
function consumerAt(graph: CallGraph, file: CodeFile, index: number): readonly Worker[] {
  const functions = factsOf(file, 'function').filter(
    ({ captures }) => captures['form'] === 'function',
  )
  const statement = statementAt('helper', file, index)
  const given = functions.filter(
    (one) => one.start >= index && one.end <= statement.end && one.start - index < 400,
  )
  if (given[0] !== undefined) return [workerAt(file, given[0])]
  const named = chainsIn(statement).flatMap((chain) =>
    [...chain.text.matchAll(/[(,]\s*(?:this\.|self\.|\w+\.)?([A-Za-z_]\w*)\s*(?=[,)])/g)].flatMap(
      ([, name = '']) => graph.declared(file, name) ?? [],
    ),
  )
  const [callback] = named.filter(({ fact }) => fact.captures['form'] === 'function')
  if (callback !== undefined) return [workerAt(callback.file, callback.fact)]
  const subscribed = /^\w+\s*\+=\s*(\w+)\s*;/.exec(file.text.slice(index, index + 120))?.[1]
  const listener = functions.find((one) => one.captures['name'] === subscribed)
  if (subscribed !== undefined && listener !== undefined) return [workerAt(file, listener)]
  const around = functions.findLast((one) => one.start <= index && one.end > index)
  const home = factsOf(file, 'function').findLast(
    (one) =>
      one.captures['form'] === 'class' &&
      one.start <= index + 300 &&
      one.end > index &&
      one.start <= (around?.start ?? Number.MAX_SAFE_INTEGER),
  )
  const members = home === undefined ? functions : functions.filter((one) => within(one, home))
  const taker = members.find((one) => TAKES_ONE.test(one.captures['name'] ?? ''))
  const isDeclared =
    around === undefined ||
    /^(?:start|Start|init|constructor|main|register\w*|Register\w*|configure\w*|setup\w*|subscribe\w*)$/.test(
      around.captures['name'] ?? '',
    )
  const next = functions.find((one) => one.start >= index && one.start - index < 300)
  const declared = home === undefined ? (next ?? taker) : (taker ?? next)
  const found = isDeclared ? declared : around
  return found === undefined ? [] : [workerAt(file, found)]
}

function workerAt(file: CodeFile, { start, end }: Pick<Region, 'start' | 'end'>): Worker {
  return {
    region: { role: 'helper', file, start, end },
    home: { role: 'helper', file, start: 0, end: file.text.length },
  }
}

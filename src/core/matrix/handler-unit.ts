import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { Handler } from '#core/inventory/handlers'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import { quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A handler with the code that a delivery runs through before it and in it. */
export interface HandlerUnit {
  /** Where it stands: the route, when the function is written there, else the function. */
  readonly file: CodeFile
  readonly fact: Fact
  /** The function that answers. */
  readonly body: Declared
  /** What runs before it, then the handler itself. */
  readonly regions: readonly Region[]
}

/** A place at which deliveries arrive: a route, a function by its name, or both. */
export interface Entrance {
  readonly file: CodeFile
  readonly fact: Fact
  readonly body: Declared
}

/** Where the function of a route stands; null where it is not at hand. */
export function entranceOf(
  graph: CallGraph,
  file: CodeFile,
  { fact }: Pick<Handler, 'fact'>,
): Entrance | null {
  const body = inPlace(file, fact) ?? named(graph, file, fact)
  return body === null ? null : { file, fact, body }
}

/** A function that is written into its route, or is the route by its annotations. */
function inPlace(file: CodeFile, fact: Fact): Declared | null {
  const { form } = fact.captures
  if (form !== 'mounted') return { file, fact }
  if (fact.language === 'ruby' && fact.by === 'block') return { file, fact }
  const inside = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function' && one !== fact,
  )
  // Middleware may be written in place too: the handler comes last.
  const outermost = inside.filter(
    (one) => !inside.some((other) => other !== one && within(one, other)),
  )
  const last = outermost.at(-1)
  return last === undefined ? null : { file, fact: last }
}

/** The function that a route names: `handler`, `controller.receive`, `hooks#create`, `[Hooks::class, 'handle']`. */
function named(graph: CallGraph, file: CodeFile, fact: Fact): Declared | null {
  const { name = '', controller } = fact.captures
  const written = name === '' ? (fact.args.at(-1) ?? '') : name
  const parts = written
    .replace(/^["'`:]|["'`]$/g, '')
    .split(/[#@.:]+|->|::/)
    .map((part) => part.replace(/\W/g, ''))
    .filter((part) => part !== '')
  const method = parts.at(-1) ?? (controller === undefined ? '' : '__invoke')
  const owner = controller ?? parts.at(-2)
  if (owner === undefined) return graph.declared(file, method)
  const className = classNameOf(owner)
  const home = graph.declared(file, className) ?? graph.declared(file, owner)
  if (home === null) return graph.declared(file, method)
  if (home.fact.captures['form'] === 'function') return home
  const member = factsOf(home.file, 'function', home.fact).find(
    (one) => one.captures['form'] === 'function' && one.captures['name'] === method,
  )
  return member === undefined ? null : { file: home.file, fact: member }
}

/** `stripe_webhooks` of a Rails route is `StripeWebhooksController`. */
function classNameOf(owner: string): string {
  if (/^[A-Z]/.test(owner)) return owner.replace(/^.*\\/, '')
  const last = owner.split('/').at(-1) ?? owner
  return `${last.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Controller`
}

/** Everything that a delivery runs through, in order. */
export function handlerUnit(graph: CallGraph, { file, fact, body }: Entrance): HandlerUnit {
  const isInRoute = body.file === file && within(body.fact, fact)
  const route = routeRegions({ file, fact, body }, isInRoute)
  return {
    file: isInRoute ? file : body.file,
    fact: isInRoute ? fact : body.fact,
    body,
    regions: [
      ...mountings(graph, file),
      ...route,
      ...filters(body),
      annotations(body),
      { role: 'function', file: body.file, start: body.fact.start, end: body.fact.end },
      ...declarations(graph, body),
    ],
  }
}

/** What a route is given before its handler. */
function routeRegions({ file, fact, body }: Entrance, isInRoute: boolean): readonly Region[] {
  if (!isInRoute) return [statementAt('wrapper', file, fact.start, fact.end)]
  return body.fact === fact
    ? []
    : [{ role: 'wrapper', file, start: fact.start, end: body.fact.start }]
}

const MOUNTS =
  /(?<![\w$])\w*(?:[aA]pp|[rR]outer|[rR]outes|fastify|server|hono|api|webhooks|group|mux|[rR])\.(?:use|Use|addHook|register|addContentTypeParser|before|before_request|With)\(|\bNestFactory\.create\(|\bcreateNodeMiddleware\(/g
const MAX_MOUNTINGS = 12

/** What a file mounts for all of its routes, such as a parser or a check. */
function mountings(graph: CallGraph, file: CodeFile): readonly Region[] {
  const files = [
    file,
    ...[...graph.code.files.values()].filter((one) => one !== file && MAIN.test(one.path)),
  ]
  return files
    .flatMap((one) =>
      [...quietOf(one).code.matchAll(MOUNTS)].map(({ index }) =>
        statementAt('wrapper', one, index),
      ),
    )
    .slice(0, MAX_MOUNTINGS)
}

/** Files in which applications put together what runs before every handler. */
const MAIN = /(?:^|\/)(?:main|app|server|index|Program|Startup|bootstrap|Kernel)\.\w+$/

/** Rails' filters of the class around. */
function filters({ file, fact }: Declared): readonly Region[] {
  if (file.language !== 'ruby') return []
  const [home] = classesAround(file, fact).toReversed()
  if (home === undefined) return []
  const code = quietOf(file).code.slice(home.start, fact.start)
  return [...code.matchAll(/^\s*(?:before_action|prepend_before_action|before)\b[^\n]*/gm)].map(
    ({ index, 0: text }): Region => ({
      role: 'wrapper',
      file,
      start: home.start + index,
      end: home.start + index + text.length,
    }),
  )
}

function classesAround(file: CodeFile, span: Span): readonly Fact[] {
  return factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'class' && one !== span && within(span, one),
  )
}

const ANNOTATED = /^\s*(?:@|#\[|\[\w)/
const MAX_LINES = 25

/** Decorators and attributes right above the function and its class. */
function annotations({ file, fact }: Declared): Region {
  const { code } = quietOf(file)
  let from = fact.start
  let at = code.lastIndexOf('\n', fact.start - 1) + 1
  for (let count = 0; count < MAX_LINES && at > 0; count += 1) {
    const before = code.lastIndexOf('\n', at - 2) + 1
    const line = code.slice(before, at)
    if (/^\s*$/.test(line) || /[;{}]\s*$|^\s*end\b/.test(line)) break
    if (ANNOTATED.test(line)) from = before
    at = before
  }
  const [home] = classesAround(file, fact).toReversed()
  const head = home === undefined ? '' : code.slice(Math.max(0, home.start - 400), home.start)
  const above = home !== undefined && ANNOTATED.test(head.split('\n').at(-2) ?? '')
  return above && home !== undefined
    ? { role: 'wrapper', file, start: Math.max(0, home.start - 400), end: home.start }
    : { role: 'wrapper', file, start: from, end: fact.start }
}

const DEFINES_QUEUE =
  /\bnew\s+(?:Queue|Worker|QueueEvents|FlowProducer)\s*(?:<[^>]*>)?\(|\bcreateQueue\(|\bwork\(|\bqueue_as\b|\bsidekiq_options\b|\bretry_on\b|\bdiscard_on\b|\bsidekiq_retries_exhausted\b|\bRedrivePolicy\b|\bmaxReceiveCount\b|\bdeadLetter\w*|\bDeadLetter\w*|\bdead_letter\w*|\bx-dead-letter\b|\bpublic\s+function\s+failed\(|\bon_failure\b|\.process\(|@Processor\(|@RabbitListener|@KafkaListener|@SqsListener|@RetryableTopic|\bconsume\w*\(/g
const MAX_DECLARATIONS = 16

/** Where the queues and workers are set up that events are handed to: they say what becomes of failures. */
function declarations(graph: CallGraph, body: Declared): readonly Region[] {
  const folder = body.file.path.split('/').slice(0, 2).join('/')
  return [...graph.code.files.values()]
    .filter((file) => file === body.file || file.path.startsWith(folder))
    .flatMap((file) =>
      [...quietOf(file).code.matchAll(DEFINES_QUEUE)].map(
        ({ index }): Region => statementAt('caller', file, index),
      ),
    )
    .slice(0, MAX_DECLARATIONS)
}

import type { Fact, Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import type { Entrance } from '#core/matrix/entrance'
import { quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { headersAbove } from '#core/matrix/surroundings'
import { type CodeFile, factsOf, isScript } from '#core/rules/code'

/** A handler with the code that a delivery runs through before it and in it. */
export interface HandlerUnit {
  /** Where it stands: the route, when the function is written there, else the function. */
  readonly file: CodeFile
  readonly fact: Fact
  /** The function that answers. */
  readonly body: Declared
  /** What runs before it, in order. */
  readonly before: readonly Region[]
  /** The handler itself. */
  readonly own: readonly Region[]
  /** Where queues and workers are set up. */
  readonly declared: readonly Region[]
}

/** Everything that a delivery runs through, in order. */
export function handlerUnit(graph: CallGraph, { file, fact, body }: Entrance): HandlerUnit {
  const isInRoute = body.file === file && within(body.fact, fact)
  const route = routeRegions({ file, fact, body }, isInRoute)
  return {
    file: isInRoute ? file : body.file,
    fact: isInRoute ? fact : body.fact,
    body,
    before: [
      ...mountings(graph, file),
      ...route.flatMap((one) => constantsIn(one)),
      ...route,
      ...filters(graph, body),
      annotations(body),
      headOf(body),
    ],
    own: [{ role: 'function', file: body.file, start: body.fact.start, end: body.fact.end }],
    declared: declarations(graph, body),
  }
}

/** What a route is given before its handler. */
function routeRegions({ file, fact, body }: Entrance, isInRoute: boolean): readonly Region[] {
  const groups = headersAbove(file, fact.start)
    .filter(({ text }) => GROUPS.test(text))
    .map(
      ({ offset, text }): Region => ({
        role: 'wrapper',
        file,
        start: offset,
        end: offset + text.length,
      }),
    )
  if (!isInRoute) return [...groups, statementAt('wrapper', file, fact.start, fact.end)]
  return body.fact === fact
    ? groups
    : [...groups, { role: 'wrapper', file, start: fact.start, end: body.fact.start }]
}

const PARSES = /\bexpress\.(?:raw|json|text)\(|\bbodyParser\.\w+\(|(?<![.\w])raw\(/

/** Parsers that a route names: `const rawJson = express.raw({ … })`. */
function constantsIn(region: Region): readonly Region[] {
  const { file } = region
  if (!isScript(file.language)) return []
  const { code } = quietOf(file)
  const names = new Set(code.slice(region.start, region.end).match(/[A-Za-z_$][\w$]*/g) ?? [])
  return [...code.matchAll(/^[ \t]*(?:export[ \t]+)?const[ \t]+([\w$]+)[ \t]*=/gm)]
    .filter(([, name = '']) => names.has(name))
    .map(({ index }) => statementAt('wrapper', file, index))
    .filter(({ start, end }) => PARSES.test(code.slice(start, end)))
}

/** A group of routes, which says what runs before each. */
const GROUPS = /\b(?:middleware|group|Group|scope|With|Route|filter|authenticate|intercept)\b/

const MOUNTS =
  /(?<![\w$])\w*(?:[aA]pp|[rR]outer|[rR]outes|fastify|server|hono|api|webhooks|group|mux|[rR])\.(?:use|Use|addHook|register|addContentTypeParser|before|before_request|With)\(|\bNestFactory\.create(?:<\w+>)?\(|\bcreateNodeMiddleware\(/g
/** What Rack runs before an application: `use SlackSignature, secret: …`. */
const RACK_MOUNTS = /^[ \t]*use[ (]+[A-Z][\w:]*/gm
const MAX_MOUNTINGS = 12

/** What a file mounts for all of its routes, such as a parser or a check. */
function mountings(graph: CallGraph, file: CodeFile): readonly Region[] {
  const files = [
    file,
    ...[...graph.code.files.values()].filter((one) => one !== file && MAIN.test(one.path)),
  ]
  return files
    .flatMap((one) =>
      [...quietOf(one).code.matchAll(one.language === 'ruby' ? RACK_MOUNTS : MOUNTS)].map(
        ({ index }) => statementAt('wrapper', one, index),
      ),
    )
    .slice(0, MAX_MOUNTINGS)
}

/** Files in which applications put together what runs before every handler. */
const MAIN = /(?:^|\/)(?:main|app|server|index|Program|Startup|bootstrap|Kernel)\.\w+$/

const FILTERS = /^[ \t]*(?:prepend_|append_)?before(?:_action|_filter)?\b(?!\s*=)[^\n]*/gm
const INCLUDES = /^[ \t]*(?:include|prepend)\s+([\w:]+)|^[ \t]*class\s+[\w:]+\s*<\s*([\w:]+)/gm
/** Classes above and modules within each other that are looked at. */
const MAX_PARENTS = 6

/** Rails' filters of the class around, of its parents and of what it includes; Sinatra's of the file. */
function filters(graph: CallGraph, { file, fact }: Declared): readonly Region[] {
  if (file.language !== 'ruby') return []
  const [home] = classesAround(file, fact).toReversed()
  const own = home === undefined ? { start: 0, end: file.text.length } : home
  const seen = new Set<string>()
  return classAndParents(graph, { file, fact: { ...fact, start: own.start, end: own.end } }, seen)
    .toReversed()
    .flatMap(({ file: one, fact: around }) => filtersIn(one, around, fact.captures['name'] ?? ''))
}

function classAndParents(
  graph: CallGraph,
  declared: Declared,
  seen: Set<string>,
): readonly Declared[] {
  const { file, fact } = declared
  const key = `${file.path}:${fact.start}`
  if (seen.has(key) || seen.size >= MAX_PARENTS) return []
  seen.add(key)
  const code = quietOf(file).code.slice(fact.start, fact.end)
  const parents = [...code.matchAll(INCLUDES)].flatMap(([, module, parent]) => {
    const name = (module ?? parent ?? '').split('::').at(-1) ?? ''
    const found = graph.declared(file, name)
    return found === null ? [] : classAndParents(graph, found, seen)
  })
  return [declared, ...parents]
}

function filtersIn(file: CodeFile, { start, end }: Span, action: string): readonly Region[] {
  const code = quietOf(file).code.slice(start, end)
  return [...code.matchAll(FILTERS)]
    .filter(({ 0: text }) => !leavesOut(text, action))
    .map(({ index, 0: text }): Region => {
      const from = start + index + (text.length - text.trimStart().length)
      const block = /\bdo\b\s*(?:\|[^|]*\|)?\s*$/.test(text)
      return block
        ? statementAt('wrapper', file, from)
        : { role: 'wrapper', file, start: from, end: start + index + text.length }
    })
}

/** `only: :create` and `except: [:create]` say for which actions a filter runs. */
function leavesOut(filter: string, action: string): boolean {
  const list = /\b(only|except):\s*(\[[^\]]*\]|%i\[[^\]]*\]|:\w+)/.exec(filter)
  if (list === null || action === '') return false
  const named = new RegExp(`\\b${RegExp.escape(action)}\\b`).test(list[2] ?? '')
  return list[1] === 'only' ? !named : named
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

/** Decorators and parameters, which name what is run before: `raw = Depends(signed_body)`. */
function headOf({ file, fact }: Declared): Region {
  const code = quietOf(file).code.slice(fact.start, Math.min(fact.end, fact.start + MAX_HEAD))
  const end = (HEAD_ENDS[file.language] ?? /^[^{]*?\{/).exec(code)
  const length = end === null ? 0 : end.index + end[0].length
  return { role: 'wrapper', file, start: fact.start, end: fact.start + length }
}

/** Where the head of a function ends, in languages without braces. */
const HEAD_ENDS: Readonly<Partial<Record<Language, RegExp>>> = {
  python: /\bdef\s+\w+\s*\([\s\S]*?\)\s*(?:->[^:]{1,80})?:\s*$/m,
  ruby: /^[^\n]*\n/,
}

/** Characters of a function before its body. */
const MAX_HEAD = 2_000

const DEFINES_QUEUE =
  /\bdead[-_]?[lL]etter|\bDeadLetter|\b[rR]edrivePolicy\b|\bmaxReceiveCount\b|@DltHandler\b/g
const DEFINES_ONE = new RegExp(DEFINES_QUEUE.source)
const MAX_ELSEWHERE = 2
const MAX_DECLARATIONS = 16

/** Where the queues and workers are set up that events are handed to: they say what becomes of failures. */
function declarations(graph: CallGraph, body: Declared): readonly Region[] {
  const folder = body.file.path.split('/').slice(0, 2).join('/')
  const all = [...graph.code.files.values()].filter((file) => DEFINES_ONE.test(file.text))
  const near = all.filter(({ path }) => path.startsWith(folder))
  // Queues may be set up elsewhere; where many are, nobody knows which is this one's.
  return (near.length > 0 || all.length > MAX_ELSEWHERE ? near : all)
    .flatMap((file) =>
      [...quietOf(file).text.matchAll(DEFINES_QUEUE)].map(
        ({ index }): Region => statementAt('caller', file, index),
      ),
    )
    .slice(0, MAX_DECLARATIONS)
}

import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { stepsOf } from '#core/inventory/callee'
import type { Request } from '#core/inventory/requests'
import type { CallGraph } from '#core/matrix/call-graph'
import { headEnd, runningOf } from '#core/matrix/class-heads'
import { clientRegions } from '#core/matrix/client-regions'
import { clientSources } from '#core/matrix/client-sources'
import { definitionsOf, namesIn } from '#core/matrix/definitions'
import { signsOf } from '#core/matrix/language-signs'
import { openedCalls } from '#core/matrix/opened-calls'
import { declaredCall, plainCalls } from '#core/matrix/plain-calls'
import { quietOf, type Region, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { reachedFrom } from '#core/rules/reach'

/** A call to another system with all the code in which something may protect it. */
export interface CallUnit {
  readonly file: CodeFile
  readonly request: Request
  /** Nearest first. */
  readonly regions: readonly Region[]
  /** The function that makes the call; null at the top of a file. */
  readonly around: Fact | null
  /** How the client was made is at hand, or nothing is made. */
  readonly clientSeen: boolean
  /** What the call is handed comes from whoever calls the function. */
  readonly open: boolean
}

/** Gathers what a call runs through. */
export function callUnit(graph: CallGraph, file: CodeFile, request: Request): CallUnit {
  const climbed = climb(file, request.fact)
  const { around, wrappers } = climbed
  const own = regionOf('call', file, request.fact)
  const handed = request.args.flatMap((arg) => namesIn(codeOfArg(arg)))
  const values = handed.flatMap((name) =>
    definitionsOf(graph, file, name, {
      role: 'call',
      ...(around === null ? {} : { within: around }),
    }),
  )
  const made = clientRegions(graph, file, request)
  const client =
    signsOf(file.language) === undefined
      ? made
      : clientSources(graph, file, { request, known: made })
  const calls = around === null ? [] : callersOf(graph, file, around, CALLER_DEPTH)
  return {
    file,
    request,
    around,
    clientSeen: client.seen,
    open: isOpen(request, around, file),
    regions: [
      statementAt('call', file, own.start, own.end),
      ...values,
      ...declaredCall(graph, file, request),
      ...client.regions,
      ...(around === null ? [] : functionRegions(graph, file, around)),
      ...wrappers.flatMap((wrapper) => wrapperRegions(graph, file, wrapper)),
      ...calls,
    ],
  }
}

/** Strings in an argument name nothing. */
const codeOfArg = (arg: string) => arg.slice(0, 2_000).replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '')

/** A call that something is handed to as a function, without that function. */
interface Wrapper {
  readonly call: Pick<Fact, 'start' | 'end' | 'captures'>
  readonly inner: Pick<Span, 'start' | 'end'>
}

interface Climbed {
  readonly around: Fact | null
  readonly wrappers: readonly Wrapper[]
}

const MAX_CLIMB = 6
/** What is handed to these runs by itself, when something happens. */
const REGISTERS =
  /(?:^|\.)(?:get|post|put|patch|delete|use|all|on|once|addEventListener|addListener|subscribe|process|consume|handle\w*|HandleFunc|Handle|route|command|action|task|cron|schedule|every|Map(?:Get|Post|Put|Delete)|describe|it|test)$/

/** From a call up to the function that does it, through functions that are only handed on. */
function climb(file: CodeFile, from: Span): Climbed {
  if (signsOf(file.language) !== undefined) return climbByBrackets(file, from)
  const wrappers: Wrapper[] = []
  let span: Span = from
  for (let step = 0; step < MAX_CLIMB; step += 1) {
    const around = functionAround(file, span)
    if (around === null) return { around, wrappers }
    const [call] = factsOf(file, 'call')
      .filter((one) => one.start < around.start && one.end >= around.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))
    const outer = functionAround(file, around)
    const isHanded = call !== undefined && (outer === null || within(call, outer))
    if (!isHanded || REGISTERS.test(call.captures['callee'] ?? '')) return { around, wrappers }
    wrappers.push({ call, inner: around })
    if (outer === null) return { around, wrappers }
    span = around
  }
  return { around: functionAround(file, span), wrappers }
}

/** The same where not every call is a fact: a function that is only handed on has no name. */
function climbByBrackets(file: CodeFile, from: Span): Climbed {
  const functions = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'function' && within(from, one),
  )
  const named = functions.findLast(({ captures }) => captures['name'] !== undefined)
  const opened = openedCalls(file, from, named ?? { ...from, start: 0 })
  const registered = opened.findIndex(({ callee }) => REGISTERS.test(callee))
  const around =
    functions.find(({ start }) => registered >= 0 && start >= (opened[registered]?.start ?? 0)) ??
    named ??
    null
  return {
    around,
    wrappers: (registered < 0 ? opened : opened.slice(0, registered)).map(
      ({ callee, start, end, inner }) => ({ call: { start, end, captures: { callee } }, inner }),
    ),
  }
}

/** The wrapping call without the function that it is given, and what it is. */
function wrapperRegions(
  graph: CallGraph,
  file: CodeFile,
  { call, inner }: Wrapper,
): readonly Region[] {
  const before: Region = { role: 'wrapper', file, start: call.start, end: inner.start }
  const after: Region = { role: 'wrapper', file, start: inner.end, end: call.end }
  const names = stepsOf(call.captures['callee'] ?? '').map(({ name }) => name)
  const values = namesIn(quietOf(file).code.slice(after.start, after.end))
  const known = [...names, ...values].flatMap((name) => withReached(graph, file, name))
  return [before, after, ...known]
}

/** What a name is given or does, with the functions of its file that it calls. */
function withReached(graph: CallGraph, file: CodeFile, name: string): readonly Region[] {
  const regions = definitionsOf(graph, file, name, { role: 'wrapper' })
  const deeper = regions.flatMap((region) =>
    reachedFrom(region.file, [spanOf(region)])
      .slice(1)
      .map((span) => regionOf('wrapper', region.file, span)),
  )
  // `const policy = wrap(retry, breaker)`: what it is put together from.
  const parts = regions.flatMap((region) =>
    namesIn(quietOf(region.file).code.slice(region.start, Math.min(region.end, region.start + 600)))
      .filter((one) => one !== name)
      .flatMap((one) => definitionsOf(graph, region.file, one, { role: 'wrapper' })),
  )
  return [...regions, ...deeper, ...parts]
}

function spanOf({ start, end }: Region): Span {
  return { start, end, line: 1, endLine: 1 }
}

/** The function with its annotations, those of its class, and what it calls. */
export function functionRegions(graph: CallGraph, file: CodeFile, around: Fact): readonly Region[] {
  const start = annotatedFrom(file, around.start)
  const classes = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'class' && one !== around && within(around, one),
  )
  const heads = classes.map(
    (one): Region => ({
      role: 'function',
      file,
      start: annotatedFrom(file, one.start),
      end:
        signsOf(file.language) === undefined
          ? Math.min(one.end, one.start + 200)
          : headEnd(file, one),
    }),
  )
  const helpers = reachedFrom(file, [around])
    .slice(1)
    .map((span) => regionOf('helper', file, span))
  return [
    { role: 'function', file, start, end: around.end },
    ...heads,
    ...classes.flatMap((one) => runningOf(file, one)),
    ...helpers,
    ...importedHelpers(graph, file, around),
  ]
}

const MAX_HELPERS = 8

/** Functions of other files that the function calls by name. */
function importedHelpers(graph: CallGraph, file: CodeFile, around: Fact): readonly Region[] {
  const names = new Set(
    factsOf(file, 'call', around).flatMap(
      ({ captures }) => /^([\w$]+)$/.exec(captures['callee'] ?? '')?.[1] ?? [],
    ),
  )
  return [...names]
    .slice(0, 40)
    .flatMap((name) => {
      const declared = graph.declared(file, name)
      if (declared === null || declared.file === file) return []
      return [regionOf('helper', declared.file, declared.fact)]
    })
    .slice(0, MAX_HELPERS)
}

const ANNOTATION = /^\s*(?:@|#\[|\[\w)/
const MAX_ANNOTATIONS = 15

/** The beginning of what stands right above a function and belongs to it: decorators, attributes. */
function annotatedFrom(file: CodeFile, start: number): number {
  const { code } = quietOf(file)
  let from = code.lastIndexOf('\n', start - 1) + 1
  let at = from
  for (let count = 0; count < MAX_ANNOTATIONS && at > 0; count += 1) {
    const before = code.lastIndexOf('\n', at - 2) + 1
    const line = code.slice(before, at)
    if (/^\s*$/.test(line) || /[;{]\s*$|^\s*(?:\}|end\b)/.test(line)) break
    if (ANNOTATION.test(line)) from = before
    at = before
  }
  return from
}

const CALLER_DEPTH = 2
const MAX_CALLERS = 4

/** How the function is called: the expression, what it is handed to, and the caller's annotations. */
function callersOf(
  graph: CallGraph,
  file: CodeFile,
  around: Fact,
  depth: number,
): readonly Region[] {
  return [...graph.callsOf({ file, fact: around }), ...plainCalls(file, around)]
    .slice(0, MAX_CALLERS)
    .flatMap((call) => {
      const { around: caller, wrappers } = climb(call.file, call.fact)
      const handed = wrappers.flatMap((one) => wrapperRegions(graph, call.file, one))
      const home: readonly Region[] = caller === null ? [] : homeOfCaller(graph, call.file, caller)
      const further =
        caller === null || depth <= 1 ? [] : callersOf(graph, call.file, caller, depth - 1)
      return [
        ...[
          statementAt('caller', call.file, call.fact.start, call.fact.end),
          ...handed,
          ...home,
        ].map((region): Region => ({ ...region, role: 'caller' })),
        ...further,
      ]
    })
}

/** Much else happens in a long function of another language than those with common signs. */
const MAX_CALLER = 3_000

function homeOfCaller(graph: CallGraph, file: CodeFile, caller: Fact): readonly Region[] {
  const home = functionRegions(graph, file, caller).slice(0, 2)
  return signsOf(file.language) === undefined
    ? home
    : home.filter(({ start, end }) => end - start <= MAX_CALLER)
}

/** Options that whoever calls the function decides on. */
const OPTIONS =
  /^(?:\.\.\.|\*\*|\*)?\$?(?:\w*(?:opts|options|init|config|kwargs|params|requestInit|settings))$/i

function isOpen({ args }: Request, around: Fact | null, file: CodeFile): boolean {
  const head =
    around === null ? '' : file.text.slice(around.start, Math.min(around.end, around.start + 600))
  return args.some((arg) => {
    const name = /^(?:\.\.\.|\*{1,2}|&)?\$?(\w+)$/.exec(arg.trim())?.[1]
    const spread = /[{,]\s*\.\.\.\s*(\w+)/.exec(arg)?.[1] ?? /\*\*(\w+)/.exec(arg)?.[1]
    return [name, spread].some(
      (one) => one !== undefined && OPTIONS.test(one) && isParameter(head, one),
    )
  })
}

/** Whether a name stands in the first brackets of a function. */
function isParameter(head: string, name: string): boolean {
  const parameters = /\(([^)]*)\)|^\s*(?:async\s+)?(\w+)\s*=>/.exec(head)
  const list = parameters?.[1] ?? parameters?.[2] ?? ''
  return new RegExp(`\\b${RegExp.escape(name)}\\b`).test(list)
}

import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { stepsOf } from '#core/inventory/callee'
import type { Request } from '#core/inventory/requests'
import { annotatedFrom } from '#core/matrix/annotations'
import type { CallGraph } from '#core/matrix/call-graph'
import { headEnd, runningOf } from '#core/matrix/class-heads'
import { clientRegions } from '#core/matrix/client-regions'
import { clientSources } from '#core/matrix/client-sources'
import { climb, handedOn, isReadByBrackets, type Wrapper } from '#core/matrix/climb'
import { definitionsOf, identifiersIn, namesIn } from '#core/matrix/definitions'
import { declaredCall, plainCalls } from '#core/matrix/plain-calls'
import { partsOf } from '#core/matrix/put-together'
import { codeOf, quietOf, type Region, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
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
  // `client.Do(req)`, where `req` is made with a context that is made with a limit.
  const deeper =
    around === null
      ? []
      : values.flatMap((region) =>
          region.file !== file
            ? []
            : namesIn(codeOf(region).slice(0, 600))
                .filter((name) => !handed.includes(name))
                .flatMap((name) => localsOf(graph, file, name, around)),
        )
  const made = clientRegions(graph, file, { request, around })
  const client = isReadByBrackets(file)
    ? clientSources(graph, file, { request, known: made })
    : made
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
      ...deeper,
      ...declaredCall(graph, file, request),
      ...client.regions,
      ...(around === null ? [] : functionRegions(graph, file, around)),
      ...(around === null ? [] : annotationRegions(graph, file, around)),
      ...wrappers.flatMap((wrapper) => wrapperRegions(graph, file, wrapper)),
      ...calls,
    ],
  }
}

/** What a variable of a function is given in it. */
function localsOf(graph: CallGraph, file: CodeFile, name: string, around: Fact): readonly Region[] {
  return definitionsOf(graph, file, name, { role: 'call', within: around }).filter(
    (region) => region.file === file && region.start >= around.start && region.end <= around.end,
  )
}

/** Strings in an argument name nothing. */
const codeOfArg = (arg: string) => arg.slice(0, 2_000).replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '')

/** The wrapping call without what it is handed, and what it is put together from. */
function wrapperRegions(
  graph: CallGraph,
  file: CodeFile,
  { callee, start, end, inner }: Wrapper,
): readonly Region[] {
  const before: Region = { role: 'wrapper', file, start, end: inner.start }
  const after: Region = { role: 'wrapper', file, start: inner.end, end }
  const names = stepsOf(callee).map(({ name }) => name)
  const values = [before, after].flatMap((region) => namesIn(codeOf(region)))
  const known = [...names, ...values].flatMap((name) =>
    definitionsOf(graph, file, name, { role: 'wrapper', from: inner }),
  )
  return [before, after, ...withParts(graph, known)]
}

/** Pieces of code with the functions of their file that they call, and what they are put together from. */
function withParts(graph: CallGraph, known: readonly Region[]): readonly Region[] {
  const reached = known.flatMap((region) =>
    reachedFrom(region.file, [spanOf(region)])
      .slice(1)
      .map((span) => regionOf(region.role, region.file, span)),
  )
  return [...known, ...reached, ...partsOf(graph, known)]
}

function spanOf({ start, end }: Region): Span {
  return { start, end, line: 1, endLine: 1 }
}

/** The function with its annotations, those of its class, and what it calls. */
function functionRegions(graph: CallGraph, file: CodeFile, around: Fact): readonly Region[] {
  const start = annotatedFrom(file, around.start)
  const classes = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'class' && one !== around && within(around, one),
  )
  const heads = classes.map(
    (one): Region => ({
      role: 'function',
      file,
      start: annotatedFrom(file, one.start),
      end: isReadByBrackets(file) ? headEnd(file, one) : Math.min(one.end, one.start + 200),
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

/** What the annotations of a function are put together from. */
function annotationRegions(graph: CallGraph, file: CodeFile, around: Fact): readonly Region[] {
  const { start, end } = { start: annotatedFrom(file, around.start), end: around.start }
  if (start >= lineStart(file, around.start)) return []
  const names = identifiersIn(quietOf(file).code.slice(start, end))
  const known = names.flatMap((name) =>
    definitionsOf(graph, file, name, { role: 'wrapper', from: { start, end } }),
  )
  return withParts(graph, known)
}

const lineStart = ({ text }: CodeFile, at: number) => text.lastIndexOf('\n', at - 1) + 1

const MAX_HELPERS = 8

/** Functions of other files that the function calls by name, or hands on. */
function importedHelpers(graph: CallGraph, file: CodeFile, around: Fact): readonly Region[] {
  const code = quietOf(file).code.slice(around.start, around.end)
  const imported = new Set(importsOf(file).map(({ local }) => local))
  const names = new Set(
    [...code.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]{2,60})\s*([(,)])/g)]
      .filter(([, name = '', after]) => after === '(' || imported.has(name))
      .map(([, name = '']) => name),
  )
  return [...names]
    .slice(0, 80)
    .flatMap((name) => {
      const declared = graph.declared(file, name)
      if (declared === null || declared.file === file) return []
      return [regionOf('helper', declared.file, declared.fact)]
    })
    .slice(0, MAX_HELPERS)
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
  const called = graph.callsOf({ file, fact: around })
  const byBrackets = isReadByBrackets(file)
  const plain = byBrackets ? plainCalls(file, around) : []
  const handed = byBrackets ? [] : handedOn(file, around).map((fact) => ({ file, fact }))
  return [...handed, ...called, ...plain].slice(0, MAX_CALLERS).flatMap((call) => {
    const { around: caller, wrappers } = climb(call.file, call.fact)
    const wrapped = wrappers.flatMap((one) => wrapperRegions(graph, call.file, one))
    const home: readonly Region[] =
      caller === null
        ? []
        : [
            ...homeOfCaller(graph, call.file, caller),
            ...annotationRegions(graph, call.file, caller),
          ]
    const further =
      caller === null || depth <= 1 ? [] : callersOf(graph, call.file, caller, depth - 1)
    return [
      ...[
        statementAt('caller', call.file, call.fact.start, call.fact.end),
        ...wrapped,
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
  return isReadByBrackets(file) ? home.filter(({ start, end }) => end - start <= MAX_CALLER) : home
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

import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { CallGraph } from '#core/matrix/call-graph'
import { DELIVERY_SIGNS, type MomentKind } from '#core/matrix/delivery-signs'
import { lineAt, quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf } from '#core/rules/code'
import { isStored } from '#core/rules/stores'

/** Something that happens to a delivery, in the order in which it happens. */
export interface Moment {
  readonly kind: MomentKind
  readonly file: CodeFile
  readonly path: string
  readonly line: number
  readonly offset: number
  /** What was matched. */
  readonly text: string
  /** It runs after the answer or beside it. */
  readonly deferred: boolean
  /** It goes to another system. */
  readonly remote: boolean
}

/** What a walk knows besides the code. */
export interface Walk {
  readonly graph: CallGraph
  /** Calls of a file that go to another system. */
  readonly requestsIn: (file: CodeFile) => readonly Span[]
}

/** Functions are followed this deep. */
const MAX_DEPTH = 4
/** A region that is longer is not read: no handler is. */
const MAX_REGION = 60_000
/** Moments of one delivery: more is a program of its own. */
const MAX_MOMENTS = 600

/** What runs beside the answer or after it, by who is told to run it. */
const DEFERS =
  /(?:^|\.)(?:setImmediate|setTimeout|nextTick|queueMicrotask|waitUntil|after|create_task|ensure_future|add_task|submit|runAsync|supplyAsync|Run|StartNew|spawn|spawn_blocking|launch|async|afterResponse|dispatchAfterResponse|terminating|defer)$|^Thread\.new$|^threading\.Thread$|^Concurrent::/
const GO_STATEMENT = /\bgo\s+(?:func\b|[\w.]+\()/g

/** The moments of the regions, one region after the other, through the functions that they call. */
export function momentsOf(walk: Walk, regions: readonly Region[]): readonly Moment[] {
  const visited = new Set<string>()
  return regions.flatMap((region) => momentsIn(walk, region, visited, 0)).slice(0, MAX_MOMENTS)
}

interface Placed {
  readonly offset: number
  readonly moments: readonly Moment[]
}

function momentsIn(
  walk: Walk,
  region: Region,
  visited: Set<string>,
  depth: number,
): readonly Moment[] {
  const { file, start, end } = region
  const key = `${file.path}:${start}:${end}`
  if (start === end || visited.has(key) || end - start > MAX_REGION) return []
  visited.add(key)
  const deferred = deferredSpans(region)
  const isDeferred = (offset: number) =>
    deferred.some((one) => one.start <= offset && offset < one.end)
  const own = [...signsIn(region), ...storesIn(region), ...requestsIn(walk, region)].map(
    ({ kind, offset, text, remote = false }): Placed => ({
      offset,
      moments: [
        {
          ...{ kind, file, path: file.path, line: lineAt(file, offset), offset, text },
          deferred: isDeferred(offset),
          remote,
        },
      ],
    }),
  )
  const called =
    depth >= MAX_DEPTH
      ? []
      : calledFrom(walk, region).flatMap(({ offset, target }): readonly Placed[] => {
          const inner = momentsIn(walk, target, visited, depth + 1)
          const beside = isDeferred(offset)
          return inner.length === 0
            ? []
            : [{ offset, moments: inner.map((one) => (beside ? { ...one, deferred: true } : one)) }]
        })
  return [...own, ...called].sort((a, b) => a.offset - b.offset).flatMap(({ moments }) => moments)
}

type Seen = Pick<Moment, 'kind' | 'offset' | 'text'> & { readonly remote?: boolean }

function signsIn({ file, start, end }: Region): readonly Seen[] {
  const quiet = quietOf(file)
  const code = quiet.code.slice(start, end)
  const text = quiet.text.slice(start, end)
  const found = DELIVERY_SIGNS.filter(
    ({ languages }) => languages === undefined || languages.includes(file.language),
  ).flatMap((sign) =>
    [...(sign.within === 'code' ? code : text).matchAll(sign.pattern)].map((match) => ({
      kind: sign.kind,
      offset: start + match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0),
      text: match[0].trim(),
    })),
  )
  return found.filter((one) => one.kind !== 'process' || isWork(one, found))
}

/** Names of work that are something else: answers, errors, listeners, a store's own. */
const NO_WORK =
  /(?:^|\.)(?:res|resp|response|reply|rep|ctx|c|w|logger|log|console|app|router|server|Object|Promise|JSON|db|conn|tx|pool|session|cursor|stmt|prisma|process|queue|mock\w*)\.|(?:sendStatus|sendError|handleError|onError|handle_error|once|only|online|one|onerror|send_file|sendFile|executeRaw|execute_sql|applyDecorators|syncBuiltin|on_commit|run_until_complete)\s*\($|^on\s*\(|\bfunction\s|\bdef\s|\bfunc\s/i

function isWork(one: Seen, all: readonly Seen[]): boolean {
  if (NO_WORK.test(one.text)) return false
  const end = one.offset + one.text.length
  return !all.some(
    (other) =>
      other.kind !== 'process' &&
      other.offset < end &&
      other.offset + other.text.length > one.offset,
  )
}

/** Statements that keep something, as the language's facts see them. */
function storesIn({ file, start, end }: Region): readonly Seen[] {
  return factsOf(file, 'durable-write', { start, end, line: 1, endLine: 1 })
    .filter(isStored)
    .map((fact) => ({
      kind: QUEUES.test(fact.captures['callee'] ?? '') ? 'enqueue' : 'store',
      offset: fact.start,
      text: fact.text.slice(0, 300),
    }))
}

const QUEUES =
  /\.(?:[eE]nqueue|[pP]ublish\w*|RPush|LPush|XAdd|rpush|lpush|sendToQueue|[sS]end_?[mM]essage|addJob|send_task|delay|apply_async)$|(?:[qQ]ueue|[jJ]obs?)\.(?:add|send|push|put)$/

function requestsIn({ requestsIn: of }: Walk, { file, start, end }: Region): readonly Seen[] {
  return of(file)
    .filter((span) => span.start >= start && span.end <= end)
    .map((span) => ({
      remote: true,
      kind: 'process',
      offset: span.start,
      text: file.text.slice(span.start, span.end).slice(0, 200),
    }))
}

interface Target {
  readonly offset: number
  readonly target: Region
}

/** The functions of the repository that a region calls, and the workers that it hands work to. */
function calledFrom({ graph }: Walk, { file, start, end, role }: Region): readonly Target[] {
  const span: Span = { start, end, line: 1, endLine: 1 }
  const calls = factsOf(file, 'call', span)
  const targets = calls.flatMap((fact) => {
    const offset = fact.start + 1
    return namesCalledBy(fact).flatMap((name): readonly Target[] => {
      const declared = graph.declared(file, name)
      if (declared === null || (declared.file === file && within(declared.fact, span))) return []
      const target = bodyOf(declared.file, declared.fact)
      return target === null ? [] : [{ offset, target }]
    })
  })
  return role === 'wrapper' ? [...targets, ...handedOn(graph, file, span)] : targets
}

const RUNS =
  /^(?:perform|perform_later|perform_async|handle|execute|run|call|__invoke|Execute|Handle|Invoke|process|invoke|delay|apply_async|dispatch|enqueue|new|intercept|use|validate|canActivate|check)$/

/** The function that is called, and the class whose job is handed on: `SyncJob.perform_later(id)`. */
function namesCalledBy(fact: Fact): readonly string[] {
  const callee = fact.captures['callee'] ?? ''
  const names = callee.split(/\.|->|::/).map((part) => part.replace(/\W/g, ''))
  const last = names.at(-1) ?? ''
  const owner = names.at(-2) ?? ''
  const constructed = /^new\s+(\w+)/.exec(fact.args[0] ?? '')?.[1]
  return [
    last,
    ...(RUNS.test(last) && owner !== '' ? [owner] : []),
    ...(constructed === undefined ? [] : [constructed]),
    ...(/^(?:enqueue|add_task|submit|delay|send_task)$/i.test(last)
      ? [/^([A-Za-z_]\w*)$/.exec(fact.args[0] ?? '')?.[1] ?? '']
      : []),
  ].filter((name) => name !== '')
}

/** A function itself; of a class the methods by which it is run. */
function bodyOf(file: CodeFile, fact: Fact): Region | null {
  if (fact.captures['form'] === 'function')
    return { role: 'helper', file, start: fact.start, end: fact.end }
  const runs = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function' && RUNS.test(one.captures['name'] ?? ''),
  )
  const [first] = runs
  return first === undefined ? null : { role: 'helper', file, start: first.start, end: first.end }
}

/** What is handed on by name, as middleware is: every name that stands for a function. */
function handedOn(graph: CallGraph, file: CodeFile, span: Span): readonly Target[] {
  const code = quietOf(file).code.slice(span.start, span.end)
  return [...code.matchAll(/(?<![\w$.])[:@]?([A-Za-z_]\w{2,60})(?!\w*\s*[=:])/g)].flatMap(
    (match) => {
      const declared = graph.declared(file, match[1] ?? '')
      if (declared === null || (declared.file === file && within(declared.fact, span))) return []
      const target = bodyOf(declared.file, declared.fact)
      return target === null ? [] : [{ offset: span.start + match.index + 1, target }]
    },
  )
}

function deferredSpans(region: Region): readonly Pick<Span, 'start' | 'end'>[] {
  const { file, start, end } = region
  const calls = factsOf(file, 'call', { start, end, line: 1, endLine: 1 }).filter(({ captures }) =>
    DEFERS.test(captures['callee'] ?? ''),
  )
  if (file.language !== 'go') return calls
  const code = quietOf(file).code.slice(start, end)
  const started = [...code.matchAll(GO_STATEMENT)].map(({ index }) =>
    statementAt('function', file, start + index),
  )
  return [...calls, ...started]
}

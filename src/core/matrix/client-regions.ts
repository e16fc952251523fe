import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { Request } from '#core/inventory/requests'
import type { CallGraph } from '#core/matrix/call-graph'
import { definitionsOf } from '#core/matrix/definitions'
import { partsOf } from '#core/matrix/put-together'
import { codeOf, quietOf, type Region, regionOf } from '#core/matrix/region'
import { registrationsOf } from '#core/matrix/registrations'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, functionAround } from '#core/rules/code'

/** What makes and tunes the client of a call. */
export interface ClientRegions {
  readonly regions: readonly Region[]
  /** False where the client is handed in and nobody seen makes it. */
  readonly seen: boolean
}

/** What a client is looked for by. */
export interface ClientOf {
  readonly request: Request
  readonly around: Fact | null
}

/** Places where a client is tuned that are looked at. */
const MAX_TUNINGS = 12
/** A function that makes clients is no longer than this. */
const MAX_FACTORY = 4_000

/** The code that makes the client of a request, and everything that changes it afterwards. */
export function clientRegions(
  graph: CallGraph,
  file: CodeFile,
  { request, around }: ClientOf,
): ClientRegions {
  const { bound } = request
  if (bound === null) return { regions: [], seen: true }
  const made = bound.construction
  const registered = registrationsOf(graph, file, { request, around })
  const parts = partsOf(graph, registered)
  if (made === null) {
    const tuned = tunings(file, bound.name)
    const given = bound.origin === 'type' ? fieldGiven(graph, file, bound.name) : []
    return {
      regions: [
        ...tuned,
        ...given,
        ...registered,
        ...parts,
        ...partsOf(graph, [...tuned, ...given]),
      ],
      seen: bound.origin === 'import' || registered.length > 0 || given.length > 0,
    }
  }
  const home = graph.code.files.get(made.path) ?? (made.path === file.path ? file : undefined)
  if (home === undefined) return { regions: [], seen: false }
  return {
    regions: [...constructionRegions(graph, home, made), ...registered, ...parts],
    seen: true,
  }
}

/** What makes a value: a constructor, a literal or a function that gives one. */
const MAKES = /\bnew\b|\w\(|\w\{|\bDefault\w*/

/** What a field of a client is given in the file that declares it. */
function fieldGiven(graph: CallGraph, file: CodeFile, written: string): readonly Region[] {
  const name = written.replace(/^.*(?:\.|->|@|\$)/, '').replace(/\(\)$/, '')
  return definitionsOf(graph, file, name, { role: 'client' }).filter(
    (region) => region.file !== file || MAKES.test(afterName(codeOf(region), name)),
  )
}

const afterName = (code: string, name: string) => code.slice(code.indexOf(name) + name.length)

function constructionRegions(graph: CallGraph, home: CodeFile, made: Fact): readonly Region[] {
  const statement = statementAt('client', home, made.start, made.end)
  const binding =
    (made.captures['binding'] ?? '').replace(/^.*(?:\.|->|@|\$)/, '').split(',')[0] ?? ''
  const factory = functionAround(home, made)
  const isShort = factory !== null && factory.end - factory.start <= MAX_FACTORY
  const tuned = tunings(home, binding, factory ?? undefined)
  const first = [regionOf('client', home, made), statement, ...tuned]
  return [
    ...first,
    ...(isShort &&
    /client|factory|build|create|make|connect|session|init|new|constructor|configure/i.test(
      factory.captures['name'] ?? '',
    )
      ? [regionOf('client', home, factory)]
      : []),
    ...partsOf(graph, first).filter((region) => !isSame(region, statement)),
  ]
}

const isSame = (a: Region, b: Region) => a.file === b.file && a.start === b.start

/** Statements that set something on a name, or hand it to what changes it. */
function tunings(file: CodeFile, name: string, factory?: Fact): readonly Region[] {
  if (!/^\w{2,}$/.test(name)) return []
  const { code } = quietOf(file)
  const own = `(?:this\\.|self\\.|@|\\$this->|\\$)?${RegExp.escape(name)}`
  const pattern = new RegExp(
    `(?<![\\w$.])(?:${own}(?:(?:\\.|->)\\w+){0,3}(?:\\.|->)\\w*(?:timeout|retr(?:y|ies)|backoff|interceptors?|defaults|mount|adapter|options?|config|hooks|use|transport|headers|middleware\\w*)\\w*|\\w*(?:[rR]etry|[wW]rap|[iI]nstrument|[aA]ttach|[aA]pply|[sS]etup|[cC]onfigure|[pP]atch|[hH]arden|[wW]ith|[aA]dd)\\w*(?:\\.\\w+)?\\(\\s*${own}\\b)`,
    'gi',
  )
  return [...code.matchAll(pattern)]
    .filter(({ index }) => isSameName(file, index, factory))
    .slice(0, MAX_TUNINGS)
    .map(({ index }) => statementAt('client', file, index))
}

/** A variable of one function is tuned in that function alone. */
function isSameName(file: CodeFile, at: number, factory: Fact | undefined): boolean {
  if (factory === undefined) return true
  const span = { start: at, end: at + 1, line: 1, endLine: 1 }
  return within(span, factory) || /^(?:this|self)\b/.test(file.text.slice(at, at + 5))
}

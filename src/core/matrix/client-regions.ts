import type { Fact } from '#core/facts/fact'
import type { Request } from '#core/inventory/requests'
import type { CallGraph } from '#core/matrix/call-graph'
import { definitionsOf, namesIn } from '#core/matrix/definitions'
import { codeOf, quietOf, type Region, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, functionAround } from '#core/rules/code'

/** What makes and tunes the client of a call. */
export interface ClientRegions {
  readonly regions: readonly Region[]
  /** False where the client is handed in and nobody seen makes it. */
  readonly seen: boolean
}

/** Places where a client is tuned that are looked at. */
const MAX_TUNINGS = 12
/** A function that makes clients is no longer than this. */
const MAX_FACTORY = 4_000

/** The code that makes the client of a request, and everything that changes it afterwards. */
export function clientRegions(graph: CallGraph, file: CodeFile, request: Request): ClientRegions {
  const { bound } = request
  if (bound === null) return { regions: [], seen: true }
  const made = bound.construction
  if (made === null) {
    const tuned = tunings(file, bound.name)
    return { regions: tuned, seen: bound.origin === 'import' }
  }
  const home = graph.code.files.get(made.path) ?? (made.path === file.path ? file : undefined)
  if (home === undefined) return { regions: [], seen: false }
  return { regions: constructionRegions(graph, home, made), seen: true }
}

function constructionRegions(graph: CallGraph, home: CodeFile, made: Fact): readonly Region[] {
  const statement = statementAt('client', home, made.start, made.end)
  const binding =
    (made.captures['binding'] ?? '').replace(/^.*(?:\.|->|@|\$)/, '').split(',')[0] ?? ''
  const factory = functionAround(home, made)
  const isShort = factory !== null && factory.end - factory.start <= MAX_FACTORY
  const names = namesIn(codeOf(statement)).filter((name) => name !== binding)
  const values = names.flatMap((name) => definitionsOf(graph, home, name, { role: 'client' }))
  const deeper = values.flatMap((region) =>
    namesIn(codeOf(region).slice(0, 600))
      .filter((name) => !names.includes(name) && name !== binding)
      .flatMap((name) => definitionsOf(graph, region.file, name, { role: 'client' })),
  )
  return [
    regionOf('client', home, made),
    statement,
    ...tunings(home, binding),
    ...values,
    ...deeper,
    ...(isShort &&
    /client|factory|build|create|make|connect|session|init|constructor|configure/i.test(
      factory.captures['name'] ?? '',
    )
      ? [regionOf('client', home, factory)]
      : []),
  ]
}

/** Statements that set something on a name, or hand it to what changes it. */
function tunings(file: CodeFile, name: string): readonly Region[] {
  if (!/^\w{2,}$/.test(name)) return []
  const { code } = quietOf(file)
  const own = `(?:this\\.|self\\.|@|\\$this->|\\$)?${RegExp.escape(name)}`
  const pattern = new RegExp(
    `(?<![\\w$])(?:${own}(?:\\.|->)\\w*(?:timeout|retr(?:y|ies)|interceptors?|defaults|mount|adapter|options?|config|hooks|use)\\w*|\\w*(?:[rR]etry|[wW]rap|[iI]nstrument|[aA]ttach|[aA]pply|[sS]etup|[cC]onfigure|[pP]atch)\\w*(?:\\.\\w+)?\\(\\s*${own}\\b)`,
    'gi',
  )
  return [...code.matchAll(pattern)]
    .slice(0, MAX_TUNINGS)
    .map(({ index }) => statementAt('client', file, index))
}

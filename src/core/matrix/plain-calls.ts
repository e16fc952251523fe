import type { Fact, Language } from '#core/facts/fact'
import type { Request } from '#core/inventory/requests'
import type { Called, CallGraph } from '#core/matrix/call-graph'
import { lineAt, quietOf, type Region, regionOf } from '#core/matrix/region'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Calls of one function that are looked at. */
const MAX_CALLS = 6
/** Languages whose facts leave out the calls of a function by its bare name. */
const BARE: ReadonlySet<Language> = new Set<Language>(['ruby', 'kotlin', 'rust'])

/** The calls of a function within its file that are no facts: `deliver message`, `push(batch)`. */
export function plainCalls(file: CodeFile, around: Fact): readonly Called[] {
  const name = around.captures['name'] ?? ''
  if (!BARE.has(file.language) || !/^\w{2,}[?!]?$/.test(name)) return []
  const { code } = quietOf(file)
  const known = new Set(factsOf(file, 'call').map(({ start }) => start))
  const opens = file.language === 'ruby' ? '(?=[ (\\n.]|$)' : '(?=\\s*(?:::<[^<>]{0,40}>)?[({])'
  const pattern = new RegExp(
    `(?<![\\w.:@$])(?<!\\b(?:def|fun|fn|self\\.)\\s*)${RegExp.escape(name)}${opens}`,
    'gm',
  )
  return [...code.matchAll(pattern)]
    .filter(({ index }) => (index < around.start || index >= around.end) && !known.has(index))
    .slice(0, MAX_CALLS)
    .map(({ index }) => {
      const line = lineAt(file, index)
      const span = { start: index, end: index + name.length, line, endLine: line }
      return {
        file,
        fact: {
          ...around,
          ...span,
          kind: 'call',
          text: name,
          captures: { callee: name },
          spans: {},
          args: [],
        },
      }
    })
}

/** The method of an interface that a library answers: its annotations say how. */
export function declaredCall(
  graph: CallGraph,
  file: CodeFile,
  { party, steps }: Request,
): readonly Region[] {
  const name = steps.find(({ called }) => called)?.name
  if (party.id !== 'declared HTTP client' || name === undefined) return []
  const declared = graph.declared(file, name)
  return declared === null || declared.file === file
    ? []
    : [regionOf('call', declared.file, declared.fact)]
}

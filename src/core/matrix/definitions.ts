import type { Fact, Span } from '#core/facts/fact'
import { homesOf } from '#core/inventory/repository-modules'
import { annotatedFrom } from '#core/matrix/annotations'
import type { CallGraph } from '#core/matrix/call-graph'
import { quietOf, type Region, type Role, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'

/** Assignments of one name that are looked at. */
const MAX_ASSIGNMENTS = 6
/** Names in one expression that are followed. */
const MAX_NAMES = 12
/** The same where functions and types are followed too. */
const MAX_IDENTIFIERS = 40
/** A longer class is more than a part of something. */
const MAX_CLASS = 8_000

/** Words that stand in expressions and name nothing. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'true false null nil None True False undefined this self new await async function return const let var if else for in of not and or is def lambda fn func mut ref out use do end then yield throw raise try catch except finally class static public private protected int string bool float void object Object JSON Math String Number Array Promise process env Date console require import export default from as'.split(
    ' ',
  ),
)

type Extent = Pick<Span, 'start' | 'end'>

/** How a name is looked up. */
export interface Wanted {
  readonly role: Role
  /** The function whose own variables come first. */
  readonly within?: Span
  /** Where the name stands: variables of other functions mean something else. */
  readonly from?: Extent
}

/**
 * Where a name gets its value, as seen from a file: in the function around, in the file, or in the
 * file that it is imported from. Functions and classes count as values, and so does the class that
 * a field is declared with.
 */
export function definitionsOf(
  graph: CallGraph,
  file: CodeFile,
  name: string,
  { role, within, from }: Wanted,
): readonly Region[] {
  if (KEYWORDS.has(name) || name.length < 2) return []
  const near = within === undefined ? [] : assignmentsIn(file, name, role, within)
  if (near.length > 0) return near
  const whole = { start: 0, end: file.text.length }
  const place = from ?? within
  const here = assignmentsIn(file, name, role, whole).filter(
    (region) => place === undefined || isVisible(region, name, place),
  )
  if (here.length > 0) return here
  const declared = graph.declared(file, name)
  if (declared !== null) return declaredRegions(role, declared.file, declared.fact)
  const imported = importsOf(file).find(({ local }) => local === name)
  if (imported === undefined) return typedAs(graph, file, name, role)
  const home = homesOf(file.path, imported.module, file.language, graph.code.aliases)
    .map((path) => graph.code.files.get(path))
    .find((one) => one !== undefined)
  if (home === undefined) return []
  return assignmentsIn(home, imported.name === 'default' ? name : imported.name, role, {
    start: 0,
    end: home.text.length,
  })
}

/** Whether what a name is given here is what it means there: no variable of another function. */
function isVisible({ file, start, end }: Region, name: string, place: Extent): boolean {
  const code = quietOf(file).code.slice(start, Math.min(end, start + 200))
  if (new RegExp(`(?:this\\.|self\\.|@)${RegExp.escape(name)}\\b`).test(code)) return true
  // What begins like this is a field.
  if (file.language === 'csharp' && name.startsWith('_')) return true
  if (file.language === 'go' && new RegExp(`\\b${RegExp.escape(name)}[ \\t]*:(?![=:])`).test(code))
    return true
  const around = functionAround(file, { start, end, line: 1, endLine: 1 })
  return around === null || (around.start <= place.start && place.start <= around.end)
}

/** A function or class; in Go a type with what is done to each request. */
function declaredRegions(role: Role, file: CodeFile, fact: Fact): readonly Region[] {
  if (fact.captures['form'] !== 'class')
    return [{ role, file, start: annotatedFrom(file, fact.start), end: fact.end }]
  if (fact.end - fact.start > MAX_CLASS) return []
  const own = regionOf(role, file, fact)
  if (file.language !== 'go') return [own]
  const receiver = new RegExp(
    `^func\\s*\\(\\s*(?:\\w+\\s+)?\\*?${RegExp.escape(fact.captures['name'] ?? '')}\\s*\\)\\s*RoundTrip\\b`,
  )
  const methods = factsOf(file, 'function').filter(({ start, end }) =>
    receiver.test(file.text.slice(start, Math.min(end, start + 200))),
  )
  return [own, ...methods.map((one) => regionOf(role, file, one))]
}

/** The class of the repository that a name is declared with, where it is only one. */
function typedAs(graph: CallGraph, file: CodeFile, name: string, role: Role): readonly Region[] {
  const types = new Set(
    factsOf(file, 'declared-name')
      .filter(({ captures }) => captures['name'] === name)
      .map(({ captures }) => /(\w+)\W*$/.exec(captures['type'] ?? '')?.[1] ?? ''),
  )
  const [type, ...others] = types
  if (type === undefined || type === '' || others.length > 0) return []
  const declared = graph.declared(file, type)
  if (declared === null || declared.fact.captures['form'] !== 'class') return []
  return declaredRegions(role, declared.file, declared.fact)
}

const ASSIGNMENTS = new WeakMap<CodeFile, Map<string, readonly number[]>>()

/** Where a file assigns to a name: it is asked for at each row. */
function assignmentsOf(file: CodeFile, name: string): readonly number[] {
  const known = ASSIGNMENTS.get(file) ?? new Map<string, readonly number[]>()
  ASSIGNMENTS.set(file, known)
  const found = known.get(name) ?? findAssignments(file, name)
  known.set(name, found)
  return found
}

function findAssignments(file: CodeFile, name: string): readonly number[] {
  if (!file.text.includes(name)) return []
  const { code } = quietOf(file)
  const escaped = RegExp.escape(name)
  const typed = String.raw`(?::[^=\n(){}]{1,60})?`
  const given = String.raw`(?:,[ \t]*\w+[ \t]*)?${typed}(?::=|=(?![=>~]))`
  const special: Partial<Record<string, string>> = {
    // Fields are given in literals, and properties of C# in their own braces or by an arrow.
    go: String.raw`:[ \t]*(?![=:])`,
    csharp: String.raw`(?:\{[^{}\n]{0,40}\}[ \t]*=|=>)`,
  }
  const own = special[file.language]
  const also = own === undefined ? '' : `|${own}`
  const pattern = new RegExp(
    `(?<![\\w$])(?:this\\.|self\\.|@|\\$this->|\\$)?${escaped}\\b[ \\t]*(?:${given}${also})`,
    'g',
  )
  return [...code.matchAll(pattern)].map(({ index }) => index)
}

function assignmentsIn(
  file: CodeFile,
  name: string,
  role: Role,
  { start, end }: Extent,
): readonly Region[] {
  return assignmentsOf(file, name)
    .filter((at) => at >= start && at < end)
    .slice(0, MAX_ASSIGNMENTS)
    .map((at) => statementAt(role, file, at))
}

/** The names of variables in an expression, without members and what is called. */
export function namesIn(code: string): readonly string[] {
  const names = new Set<string>()
  for (const [, name = ''] of code.matchAll(
    /(?<![\w$.>])(?:this\.|self\.|@|\$this->|\$)?([A-Za-z_]\w*)(?!\w*\s*[:=(])/g,
  )) {
    if (!KEYWORDS.has(name)) names.add(name)
    if (names.size === MAX_NAMES) break
  }
  return [...names]
}

/** Every name in a piece of code but the keys of objects: variables, fields, functions and types. */
export function identifiersIn(code: string): readonly string[] {
  const names = new Set<string>()
  for (const [name] of code.matchAll(/(?<![\w$])[A-Za-z_]\w{2,60}(?!\w)/g)) {
    if (!KEYWORDS.has(name)) names.add(name)
    if (names.size === MAX_IDENTIFIERS) break
  }
  return [...names]
}

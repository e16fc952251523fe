import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { homesOf } from '#core/inventory/repository-modules'
import { lineAt, quietOf } from '#core/matrix/region'
import { type Code, type CodeFile, factsOf } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'

/** A function or class of the repository. */
export interface Declared {
  readonly file: CodeFile
  readonly fact: Fact
}

/** A call of the repository's code. */
export interface Called {
  readonly file: CodeFile
  readonly fact: Span
}

/** Who declares and who calls what, as far as names tell. */
export interface CallGraph {
  readonly code: Code
  /** What a name means in a file: its own function, one that it imports, or the only one of that name. */
  declared(file: CodeFile, name: string): Declared | null
  /** The calls of a function, when its name stands for nothing else. */
  callsOf(declared: Declared): readonly Called[]
}

/** Names that say nothing: many things are called so. */
const COMMON =
  /^(?:get|set|post|put|patch|delete|run|call|send|handle|handler|execute|process|create|update|find|init|main|new|next|then|map|log|error|info|close|open|start|stop|test|use|default|constructor|__init__|__call__|initialize|perform|invoke|apply|build|parse|index|show|store|destroy|request|fetch|add|remove|list|save|load|read|write)$/i
/** Calls of one function that are looked at. */
const MAX_CALLS = 20

/** Reads who calls whom, once for all the code at hand. */
export function createCallGraph(code: Code): CallGraph {
  let functions: ReadonlyMap<string, readonly Declared[]> | null = null
  let calls: ReadonlyMap<string, readonly Called[]> | null = null
  let folders: ReadonlyMap<string, readonly CodeFile[]> | null = null
  const named = (name: string) => {
    functions ??= functionsByName(code)
    return functions.get(name) ?? []
  }
  return {
    code,
    declared: (file, name) => declaredAs(code, named, file, name),
    callsOf: ({ file, fact }) => {
      const name = fact.captures['name'] ?? ''
      if (name === '') return []
      const all = named(name)
      const alone = all.length === 1 && !COMMON.test(name)
      calls ??= callsByName(code)
      folders ??= Map.groupBy(code.files.values(), ({ path }) => folderOf(path))
      const plain = plainCalls(file, name, folders.get(folderOf(file.path)) ?? [])
      return [...(calls.get(name) ?? []), ...plain]
        .filter((call) => alone || call.file === file)
        .filter(
          (call) => call.file !== file || call.fact.start < fact.start || call.fact.end > fact.end,
        )
        .slice(0, MAX_CALLS)
    },
  }
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * Calls without a receiver where no fact tells of them: in Go by the files of the package, in C# in
 * the file of the method.
 */
function plainCalls(
  file: CodeFile,
  name: string,
  neighbours: readonly CodeFile[],
): readonly Called[] {
  if (file.language !== 'go' && file.language !== 'csharp') return []
  if (!/^\w+$/.test(name)) return []
  const pattern = new RegExp(`(?<![\\w.])(?<!\\bfunc )${name}\\(`, 'g')
  return (file.language === 'go' ? neighbours : [file])
    .filter(({ language, text }) => language === file.language && text.includes(`${name}(`))
    .flatMap((one) =>
      [...quietOf(one).code.matchAll(pattern)].slice(0, MAX_CALLS).map(({ index }) => {
        const line = lineAt(one, index)
        const fact = { start: index, end: index + name.length + 1, line, endLine: line }
        return { file: one, fact }
      }),
    )
    .filter((call) => !isDeclaration(call))
}

/** C# declares `Task Send(` as it calls `await Send(`. */
function isDeclaration({ file, fact }: Called): boolean {
  if (file.language !== 'csharp') return false
  return factsOf(file, 'function').some(
    ({ start, captures, end }) =>
      captures['form'] === 'function' &&
      captures['name'] !== undefined &&
      start <= fact.start &&
      fact.end <= end &&
      file.text.slice(start, fact.end).endsWith(`${captures['name']}(`) &&
      !file.text.slice(start, fact.start).includes('{'),
  )
}

function functionsByName(code: Code): ReadonlyMap<string, readonly Declared[]> {
  const byName = new Map<string, Declared[]>()
  for (const file of code.files.values()) {
    for (const fact of factsOf(file, 'function')) {
      const name = fact.captures['name']
      if (name === undefined) continue
      const known = byName.get(name)
      if (known === undefined) byName.set(name, [{ file, fact }])
      else known.push({ file, fact })
    }
  }
  return byName
}

function callsByName(code: Code): ReadonlyMap<string, readonly Called[]> {
  const byName = new Map<string, Called[]>()
  for (const file of code.files.values()) {
    for (const fact of factsOf(file, 'call')) {
      const name = /([\w$]+[?!]?)\s*$/.exec(fact.captures['callee'] ?? '')?.[1]
      if (name === undefined) continue
      const known = byName.get(name)
      if (known === undefined) byName.set(name, [{ file, fact }])
      else known.push({ file, fact })
    }
  }
  return byName
}

/** A class and its constructor have one name in some languages: the class is meant. */
function withoutConstructors(all: readonly Declared[]): readonly Declared[] {
  const classes = all.filter(({ fact }) => fact.captures['form'] === 'class')
  return classes.length === 0
    ? all
    : all.filter(
        ({ file, fact }) =>
          fact.captures['form'] === 'class' ||
          !classes.some((one) => one.file === file && within(fact, one.fact)),
      )
}

function declaredAs(
  code: Code,
  named: (name: string) => readonly Declared[],
  file: CodeFile,
  name: string,
): Declared | null {
  const all = withoutConstructors(named(name))
  const [own, ...others] = all.filter((one) => one.file === file)
  if (own !== undefined) return others.length === 0 ? own : null
  const imported = importsOf(file).find(({ local }) => local === name)
  if (imported !== undefined) {
    const home = homesOf(file.path, imported.module, file.language, code.aliases).find((path) =>
      code.files.has(path),
    )
    const there = named(imported.name === 'default' ? name : imported.name).filter(
      (one) => one.file.path === home,
    )
    if (there[0] !== undefined) return there[0]
  }
  const [only, ...more] = all.filter((one) => one.file.language === file.language)
  return only !== undefined && more.length === 0 && !COMMON.test(name) ? only : null
}

import type { Fact, Language } from '#core/facts/fact'
import { type Region, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type Code, type CodeFile, factsOf } from '#core/rules/code'
import { quietBecause } from '#core/rules/quiet-files'

/** A place that gives an object of a type, and the name that it gives it under. */
export interface TypeSource {
  readonly name: string
  readonly region: Region
}

/** Where objects of a type come from, in all the code at hand. */
export interface TypeSources {
  /** Functions that return the type: beans, providers, factories. */
  given(type: string, language: Language): readonly TypeSource[]
  /** Statements that construct it. */
  made(type: string, language: Language): readonly TypeSource[]
}

/** Languages whose files see each other's types. */
const FAMILIES: Readonly<Partial<Record<Language, string>>> = {
  java: 'jvm',
  kotlin: 'jvm',
  php: 'php',
  ruby: 'ruby',
  rust: 'rust',
}
/** Characters of a function's head: more is its body. */
const MAX_HEAD = 500
/** A longer function does more than make one thing. */
const MAX_FACTORY = 5_000

/** What a function returns, by its head: the type without its package and what it is wrapped in. */
const RETURNS: Readonly<Partial<Record<Language, (head: string, name: string) => string>>> = {
  java: (head, name) =>
    new RegExp(`([\\w.]+)(?:<[^()]{0,80}>)?(?:\\[\\])?\\s+${RegExp.escape(name)}\\s*\\(`).exec(
      head,
    )?.[1] ?? '',
  kotlin: (head) =>
    /\)\s*:\s*([\w.]+)/.exec(head)?.[1] ?? /\)\s*=\s*([A-Z][\w.]*)\s*[({.]/.exec(head)?.[1] ?? '',
  php: (head) => /\)\s*:\s*\??([\w\\]+)/.exec(head)?.[1] ?? '',
  rust: (head) =>
    /->\s*(?:[\w:]*Result<|Option<|Arc<|&(?:'static\s+)?)*\s*([\w:]+)/.exec(head)?.[1] ?? '',
}

const READ = new WeakMap<Code, TypeSources>()

/** Reads where types come from, once for all the code at hand. */
export function typeSourcesOf(code: Code): TypeSources {
  const known = READ.get(code)
  if (known !== undefined) return known
  let given: ReadonlyMap<string, readonly TypeSource[]> | null = null
  let made: ReadonlyMap<string, readonly TypeSource[]> | null = null
  const files = () =>
    [...code.files.values()].filter(
      ({ path, text, language }) =>
        FAMILIES[language] !== undefined && quietBecause(path, text) === null,
    )
  const sources: TypeSources = {
    given: (type, language) => {
      given ??= grouped(files().flatMap(givenIn))
      return given.get(keyOf(type, language)) ?? []
    },
    made: (type, language) => {
      made ??= grouped(files().flatMap(madeIn))
      return made.get(keyOf(type, language)) ?? []
    },
  }
  READ.set(code, sources)
  return sources
}

interface Keyed extends TypeSource {
  readonly key: string
}

function grouped(all: readonly Keyed[]): ReadonlyMap<string, readonly TypeSource[]> {
  return Map.groupBy(all, ({ key }) => key)
}

function keyOf(type: string, language: Language): string {
  return `${FAMILIES[language] ?? language} ${lastPart(type)}`
}

const lastPart = (type: string) => type.replace(/^.*(?:\.|::|\\)/, '')

function givenIn(file: CodeFile): readonly Keyed[] {
  const returns = RETURNS[file.language]
  if (returns === undefined) return []
  return factsOf(file, 'function').flatMap((fact) => {
    const name = fact.captures['name'] ?? ''
    if (fact.captures['form'] !== 'function' || name === '') return []
    if (fact.end - fact.start > MAX_FACTORY) return []
    const type = returns(fact.text.slice(0, MAX_HEAD), name)
    if (!/^[A-Z]/.test(lastPart(type)) || !makesOne(fact, type)) return []
    return [{ key: keyOf(type, file.language), name, region: regionOf('client', file, fact) }]
  })
}

/** A getter hands on what it has: what it returns has to be made or chosen in its body. */
function makesOne(fact: Fact, type: string): boolean {
  const body = fact.text.slice(0, MAX_FACTORY)
  const makes = new RegExp(
    `\\bnew\\s|\\b${RegExp.escape(lastPart(type))}\\s*(?:::|[({])|\\bSelf\\s*[{:]|[bB]uild\\w*\\(|\\bcreate\\w*(?:<[^<>]{1,60}>)?\\(|[bB]uilder`,
  )
  return makes.test(body.slice(body.indexOf('(')))
}

function madeIn(file: CodeFile): readonly Keyed[] {
  return factsOf(file, 'client-construction').flatMap((fact) => {
    const type = (fact.captures['ctor'] ?? '')
      .split(/\.|::|\\/)
      .findLast((part) => /^[A-Z]/.test(part))
    if (type === undefined) return []
    const name = (fact.captures['binding'] ?? '').replace(/^.*(?:\.|->|@|\$)/, '')
    return [
      {
        key: keyOf(type, file.language),
        name,
        region: statementAt('client', file, fact.start, fact.end),
      },
    ]
  })
}

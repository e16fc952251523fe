import { CATALOG_LANGUAGE, importedNames } from '#core/inventory/imported-names'
import { clientInterfaces } from '#core/inventory/listeners'
import {
  aliasesOf,
  type Bound,
  boundToResult,
  type NameNeeds,
  ownNames,
  WHOLE,
} from '#core/inventory/own-names'
import type { Party, PartyOf } from '#core/inventory/party'
import { homesOf } from '#core/inventory/repository-modules'
import type { Declared } from '#core/inventory/unknown-clients'
import type { ImportLanguage } from '#core/providers/provider'
import type { Code, CodeFile } from '#core/rules/code'
import type { NameOfModule } from '#core/rules/import-readers'

/** The names of one file that stand for other systems. */
export interface Names {
  readonly bound: readonly Bound[]
  /** What a name stands for at a line; null where nothing or more than one thing is known. */
  find(name: string, line: number): Bound | null
  /** The same of a field or a variable, whatever is imported under its name. */
  findField(name: string, line: number): Bound | null
  /** What a module or a global constant stands for, as the language writes it. */
  module(path: string): Party | null
  /** What a method of Ruby's stands for that a module brings in and names after what it gives. */
  mixedIn(name: string): Party | null
}

/**
 * Finds what the names of each file stand for: what it imports, what it makes of that, what is
 * declared with its types, and clients that other files of the repository share.
 */
export function createNames(
  code: Code,
  partyOf: PartyOf,
  declared: Declared | null,
): (file: CodeFile) => Names {
  const clients = new Set([...code.files.values()].flatMap(clientInterfaces))
  const needs: NameNeeds = { partyOf, declared, clients }
  const own = new Map<string, readonly Bound[]>()
  const ownOf = (file: CodeFile) => {
    const known = own.get(file.path) ?? ownNames(file, needs)
    own.set(file.path, known)
    return known
  }
  let index: ReadonlyMap<string, readonly Bound[]> | null = null
  const unique = (language: ImportLanguage, name: string): Bound | null => {
    index ??= sharedIndex(code, ownOf)
    const [only, ...others] = index.get(`${language} ${name}`) ?? []
    return others.length === 0 ? (only ?? null) : null
  }
  return (file) => {
    const shared = importedNames(file).flatMap((one) =>
      sharedNames({ code, file, one, ownOf, unique }),
    )
    const bound = [...ownOf(file), ...shared, ...shared.flatMap((one) => aliasesOf(file, one))]
    const byName = Map.groupBy(bound, ({ name }) => name)
    return {
      bound,
      find: (name, line) => nearest(byName.get(name) ?? [], line),
      findField: (name, line) =>
        nearest(
          (byName.get(name) ?? []).filter(({ origin }) => origin !== 'import'),
          line,
        ),
      module: (path) => partyOf(CATALOG_LANGUAGE[file.language], path),
      mixedIn: (name) => (file.language === 'ruby' ? mixedIn(name, partyOf) : null),
    }
  }
}

/** `faraday` gives a Faraday, `twitter` a client of Twitter: constants are global in Ruby. */
function mixedIn(name: string, partyOf: PartyOf): Party | null {
  if (!/^[a-z]{4,30}(?:_(?:client|notifier|api))?$/.test(name)) return null
  const word = name.replace(/_\w+$/, '')
  return partyOf('ruby', word[0]?.toUpperCase() + word.slice(1))
}

/** What files share with others, by language and name. */
function sharedIndex(
  code: Code,
  ownOf: (file: CodeFile) => readonly Bound[],
): ReadonlyMap<string, readonly Bound[]> {
  const all = [...code.files.values()].flatMap((file) =>
    ownOf(file)
      .filter(({ origin, from }) => origin !== 'import' && from === 1)
      .map((bound) => ({ key: `${CATALOG_LANGUAGE[file.language]} ${bound.name}`, bound })),
  )
  const groups = Map.groupBy(all, ({ key }) => key)
  return new Map([...groups].map(([key, found]) => [key, found.map(({ bound }) => bound)]))
}

/**
 * The binding with the narrowest range around a line; two that differ give none. A name that means
 * the same wherever the file gives it means that elsewhere too.
 */
function nearest(bound: readonly Bound[], line: number): Bound | null {
  const around = bound.filter(({ from, to }) => from <= line && line <= to)
  const candidates = around.length > 0 ? around : bound
  const narrowest = Math.min(...candidates.map(({ from, to }) => to - from))
  const alike = around.length > 0 ? around.filter(({ from, to }) => to - from === narrowest) : bound
  const [first, ...others] = alike
  if (first === undefined) return null
  return others.every(({ party }) => party.id === first.party.id) ? first : null
}

interface Sharing {
  readonly code: Code
  readonly file: CodeFile
  readonly one: NameOfModule
  readonly ownOf: (file: CodeFile) => readonly Bound[]
  /** What only one file of the language shares under a name. */
  readonly unique: (language: ImportLanguage, name: string) => Bound | null
}

/** The client that another file of the repository made and shares under the imported name. */
function sharedNames({ code, file, one, ownOf, unique }: Sharing): readonly Bound[] {
  const { local, name, module } = one
  const language = CATALOG_LANGUAGE[file.language]
  if (local === null) return []
  if (language !== 'js' && language !== 'python') {
    const bound = unique(language, local) ?? unique(language, `${local}()`)
    return bound === null ? [] : sharedAs(file, { ...bound, name: local, ...WHOLE })
  }
  const python = language === 'python'
  const home = python && name !== null ? module.slice(0, -1 - name.length) : module
  const path = homesOf(file.path, home, file.language, code.aliases).find((candidate) =>
    code.files.has(candidate),
  )
  const other = path === undefined ? undefined : code.files.get(path)
  const only = other === undefined ? null : sharedBy(ownOf(other), name)
  return only === null ? [] : sharedAs(file, { ...only, name: local, ...WHOLE })
}

/** What a file shares under a name; as its default, the only client that it makes. */
function sharedBy(own: readonly Bound[], name: string | null): Bound | null {
  const made = own.filter(({ origin, from }) => origin !== 'import' && from === 1)
  if (name === 'default' && made.length === 1) return made[0] ?? null
  return made.find((one) => one.name === name || one.name === `${name}()`) ?? null
}

function sharedAs(file: CodeFile, bound: Bound): readonly Bound[] {
  const called = { ...bound, name: `${bound.name}()` }
  return [bound, ...boundToResult(file, called)]
}

import type { Fact } from '#core/facts/fact'
import { type Code, type CodeFile, factsOf, isPython } from '#core/rules/code'
import { NO_OPTIONS, type Options, readKeywords, readObject } from '#core/rules/code-text'
import { candidatesFor, type Imported, importsOf, packageOf } from '#core/rules/imports'

/** What makes an outbound call: a library's own function, or a client that was constructed. */
export interface Client {
  /** The package it comes from: `axios`, `requests`, `stripe`. */
  readonly package: string
  /** How and where it was constructed; null for the library itself. */
  readonly constructed: { readonly file: CodeFile; readonly fact: Fact } | null
  /** Options that it was constructed with. */
  readonly options: Options
  /** A default for all its calls is set elsewhere, such as `axios.defaults.timeout`. */
  readonly defaulted: boolean
}

/** The first name of a callee: `stripe` of `stripe.refunds.create`, `this.http` of `this.http.get`. */
function rootOf(callee: string): string {
  const parts = callee.replace(/[?!]/g, '').split('.')
  const [first, second] = parts
  const own = first === 'this' || first === 'self' || first === 'cls'
  return own && second !== undefined ? `${first}.${second}` : (first ?? '')
}

/** The file that an import leads to, among the files at hand. */
export function fileOfImport(code: Code, from: CodeFile, imported: Imported): CodeFile | null {
  for (const path of candidatesFor(from.path, imported.module, from.language)) {
    const file = code.files.get(path)
    if (file !== undefined) return file
  }
  return rememberedFile(code, from, imported)
}

/**
 * A module of the memory that an import by an alias or a workspace's package name means: it must
 * stand below a folder or in a file of the module's last name, and define what is imported.
 */
function rememberedFile(
  { files, remembered }: Code,
  from: CodeFile,
  { module, name }: Imported,
): CodeFile | null {
  const last = module.split(/[/.:\\]+/).findLast((part) => part !== '') ?? ''
  if (remembered === undefined || last.length < 2 || !/^[\w$]{2,100}$/.test(name)) return null
  const defines = new RegExp(
    `\\b(?:function\\*?|const|let|var|class|def|func|fn|fun)\\s+${RegExp.escape(name)}\\b`,
  )
  const found = [...remembered].flatMap((path) => {
    const file = files.get(path)
    const parts = path.replace(/\.\w+$/, '').split('/')
    if (file === undefined || file === from || !parts.includes(last)) return []
    return file.language === from.language && defines.test(file.text) ? [file] : []
  })
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Parts of HTTP libraries that ask nobody: `codes.get(404)`. */
const NO_CLIENT =
  /^(?:requests|httpx|aiohttp|urllib3)\.(?:\w{1,40}\.)?_?(?:codes|status_codes|exceptions|structures|utils|cookies|models|auth|adapters)\b/

/** Finds what a callee's first name stands for, or null when that is not certain. */
export function resolveClient(code: Code, file: CodeFile, callee: string): Client | null {
  const root = rootOf(callee)
  const here = constructionOf(file, root)
  if (here !== null) return clientOf(file, here, root)
  const imported = importsOf(file).find((one) => one.local === root)
  if (imported === undefined) return null
  const name = packageOf(imported.module, file.language)
  const home = fileOfImport(code, file, imported)
  if (home !== null) return clientFromFile(home, imported)
  if (name === null || NO_CLIENT.test(`${imported.module}.${imported.name}`)) return null
  return {
    package: name,
    constructed: null,
    options: NO_OPTIONS,
    defaulted: hasDefault(file, root),
  }
}

function clientFromFile(home: CodeFile, imported: Imported): Client | null {
  const constructions = factsOf(home, 'client-construction').filter(
    (fact) => fact.captures['binding'] !== undefined && fact.captures['ctor'] !== 'default',
  )
  const named = constructionOf(home, imported.name)
  if (named !== null) return clientOf(home, named, imported.name)
  // A default export has no name of its own: it is the client when the file makes only one.
  const [only] = constructions
  if (imported.name !== 'default' || only === undefined || constructions.length !== 1) return null
  return clientOf(home, only, only.captures['binding'] ?? '')
}

function constructionOf(file: CodeFile, root: string): Fact | null {
  const names = new Set([root, root.replace(/^(?:this|self|cls)\./, '')])
  const found = factsOf(file, 'client-construction').filter(
    (fact) => fact.captures['ctor'] !== 'default' && names.has(fact.captures['binding'] ?? ''),
  )
  // Two constructions of one name differ by branch or scope: which one holds is not certain.
  const [only] = found
  return only !== undefined && found.length === 1 ? only : null
}

function clientOf(file: CodeFile, fact: Fact, binding: string): Client | null {
  const ctor = fact.captures['ctor'] ?? ''
  const root = rootOf(ctor)
  // `require('stripe')(key)` constructs without giving the package a name.
  const required = /^require\(["'`]([^"'`]+)["'`]\)$/.exec(ctor)?.[1]
  const module = required ?? importsOf(file).find((one) => one.local === root)?.module
  const name = module === undefined ? null : packageOf(module, file.language)
  if (name === null) return null
  return {
    package: name,
    constructed: { file, fact },
    options: constructorOptions(fact),
    defaulted: hasDefault(file, binding) || hasDefault(file, root),
  }
}

function constructorOptions(fact: Fact): Options {
  if (isPython(fact)) return readKeywords(fact.args)
  const last = fact.args.at(-1)
  if (last === undefined || /^(["'`]|process\.env)/.test(last)) return NO_OPTIONS
  return readObject(last, fact.language)
}

/** Whether something changes all calls of a client afterwards. */
function hasDefault(file: CodeFile, binding: string): boolean {
  if (binding === '') return false
  const set = factsOf(file, 'client-construction').some(
    (fact) => fact.captures['ctor'] === 'default' && fact.captures['binding'] === binding,
  )
  const name = RegExp.escape(binding)
  // requests' own adapter pools and retries; another class may do anything.
  const hooks = `\\b${name}\\.(?:defaults|mount\\((?![^\\n]*\\b(?:requests\\.adapters\\.)?HTTPAdapter\\())`
  return set || new RegExp(hooks).test(file.text) || isIntercepted(file, name)
}

/** Characters of an interceptor in which it may set a limit. */
const INTERCEPTOR = 1_200

/** Whether an interceptor changes more of a request than its headers: one that stands here is read. */
function isIntercepted({ text }: CodeFile, name: string): boolean {
  const uses = new RegExp(
    `\\b${name}\\.interceptors\\.request(\\.use\\(\\s*(?:async\\s*)?(?:function\\b|\\(|\\w+\\s*=>))?`,
    'g',
  )
  return [...text.matchAll(uses)].some(({ 0: start, 1: inline, index }) => {
    const rest = text.slice(index + start.length, index + start.length + INTERCEPTOR)
    return inline === undefined || /timeout|signal|cancelToken|adapter|dispatcher/i.test(rest)
  })
}

import type { Fact } from '#core/facts/fact'
import { stepsOf } from '#core/inventory/callee'
import { CATALOG_LANGUAGE, type ImportedName, importedNames } from '#core/inventory/imported-names'
import type { Party } from '#core/inventory/party'
import { homesOf } from '#core/inventory/repository-modules'
import type { ImportLanguage } from '#core/providers/provider'
import { type Code, type CodeFile, factsOf } from '#core/rules/code'

/** How a name came to stand for a party. */
export type Origin = 'import' | 'construction' | 'type'

/** A name that stands for a party, between two lines. */
export interface Bound {
  readonly name: string
  readonly party: Party
  readonly origin: Origin
  readonly from: number
  readonly to: number
  /** How the client was made, where that is known: it may hold an address or a version. */
  readonly construction: Fact | null
}

/** The names of one file that stand for other systems. */
export interface Names {
  readonly bound: readonly Bound[]
  /** What a name stands for at a line; null where nothing or more than one thing is known. */
  find(name: string, line: number): Bound | null
  /** What a module or a global constant stands for, as the language writes it. */
  module(path: string): Party | null
}

type PartyOf = (language: ImportLanguage, module: string) => Party | null

const WHOLE = { from: 1, to: Number.MAX_SAFE_INTEGER }

/** Types that carry a connection; what a provider's SDK calls anything else is data. */
const CLIENT_TYPE =
  /(?:Client|Api|API|Sdk|SDK|Service|Gateway|Resource|Producer|Consumer|Sender|Receiver|Publisher|Subscriber|Connection|Channel|Session|Bot|Mailer|Transport|Instance|Http|HttpRequests?|Template|Factory|Storage|Bucket|Queue|Topic|Processor|Writer|Reader|Conn|Agent|Messaging)$/
/** Types of an SDK that are filled in and handed over. */
const DATA_TYPE =
  /(?:Params?|Options?|Opts|Config(?:uration)?|Builder|Exception|Error|Input|Output|Response|Request|Result|Props|Type|Data|Credentials?|Event|Command|Status|Enum|Headers?|Body|Payload|Dto|Model|Interceptor|Handler|Policy|MediaType|Url|Uri|URI|URL)$/

/**
 * Finds what the names of each file stand for: what it imports, what it makes of that, what is
 * declared with its types, and clients that other files of the repository share.
 */
export function createNames(code: Code, partyOf: PartyOf): (file: CodeFile) => Names {
  const own = new Map<string, readonly Bound[]>()
  const ownOf = (file: CodeFile) => {
    const known = own.get(file.path) ?? ownNames(file, partyOf)
    own.set(file.path, known)
    return known
  }
  return (file) => {
    const shared = importedNames(file).flatMap((one) => sharedNames(code, file, one, ownOf))
    const bound = [...ownOf(file), ...shared]
    const byName = Map.groupBy(bound, ({ name }) => name)
    return {
      bound,
      find: (name, line) => nearest(byName.get(name) ?? [], line),
      module: (path) => partyOf(CATALOG_LANGUAGE[file.language], path),
    }
  }
}

/** The binding with the narrowest range around a line; two that differ give none. */
function nearest(bound: readonly Bound[], line: number): Bound | null {
  const around = bound.filter(({ from, to }) => from <= line && line <= to)
  const narrowest = Math.min(...around.map(({ from, to }) => to - from))
  const [first, ...others] = around.filter(({ from, to }) => to - from === narrowest)
  if (first === undefined) return null
  return others.every(({ party }) => party.id === first.party.id) ? first : null
}

function ownNames(file: CodeFile, partyOf: PartyOf): readonly Bound[] {
  const language = CATALOG_LANGUAGE[file.language]
  const imports = importedNames(file)
  const imported = imports.flatMap(({ local, module }): Bound[] => {
    const party = local === null ? null : partyOf(language, module)
    if (party === null || local === null) return []
    return [{ name: local, party, origin: 'import', construction: null, ...WHOLE }]
  })
  const opened = openedParty(imports, language, partyOf)
  const root = (name: string) =>
    imported.find((one) => one.name === name)?.party ?? partyOf(language, name) ?? opened(name)
  const made = factsOf(file, 'client-construction').flatMap((fact) => madeBy(file, fact, root))
  const typed = factsOf(file, 'declared-name').flatMap((fact) => typedAs(fact, root))
  const returned = factsOf(file, 'function').flatMap((fact) => returnedBy(fact, root))
  const factories = [...made, ...returned].filter(({ name }) => name.endsWith('()'))
  const results = factories.flatMap((one) => boundToResult(file, one))
  const known = [...imported, ...made, ...typed, ...returned, ...results]
  return [...known, ...known.flatMap((one) => aliasesOf(file, one))]
}

/**
 * C# and starred imports open namespaces without naming what they take. A type that reads like a
 * client belongs to the only party whose namespace is open.
 */
function openedParty(
  imports: readonly ImportedName[],
  language: ImportLanguage,
  partyOf: PartyOf,
): (name: string) => Party | null {
  const open = imports
    .filter(({ local }) => local === null)
    .flatMap(({ module }) => partyOf(language, module) ?? [])
  const ids = new Set(open.map(({ id }) => id))
  const http = open.find(({ role }) => role === 'http') ?? null
  return (name) => {
    if (/^I?HttpClient(?:Factory)?$/.test(name)) return http ?? HTTP_CLIENT
    const [only] = open
    const known = ids.size === 1 && only !== undefined && only.role !== 'http'
    return known && CLIENT_TYPE.test(name) ? only : null
  }
}

/** .NET's own client is at hand without any import (implicit usings). */
const HTTP_CLIENT: Party = { kind: 'library', id: 'System.Net.Http', role: 'http' }

type RootOf = (name: string) => Party | null

function madeBy(file: CodeFile, fact: Fact, root: RootOf): readonly Bound[] {
  const ctor = fact.captures['ctor'] ?? ''
  if (ctor === 'default') return []
  const required = /^require\(["'`]([^"'`]+)["'`]\)$/.exec(ctor)?.[1]
  const steps = stepsOf(ctor)
  const party = required === undefined ? rootParty(steps, root) : root(required)
  const last = steps.at(-1)?.name ?? ''
  const type = steps.findLast(({ name }) => /^[A-Z]/.test(name))?.name ?? last
  if (party === null || (DATA_TYPE.test(type) && !CLIENT_TYPE.test(type))) return []
  const binding = fact.captures['binding'] ?? assignedBefore(file, fact)
  const common = { party, origin: 'construction', construction: fact } as const
  if (binding === undefined) {
    const maker = fact.scope?.name
    return maker == null ? [] : [{ ...common, name: `${maker}()`, ...WHOLE }]
  }
  return binding
    .split(',', 2)
    .slice(0, 1)
    .map((written) => ({ ...common, name: lastName(written), ...extentOf(written, fact) }))
}

function typedAs(fact: Fact, root: RootOf): readonly Bound[] {
  const name = lastName(fact.captures['name'] ?? '')
  const written = fact.captures['type'] ?? ''
  if (name === '' || written.length > 300) return []
  const extent =
    fact.scope === null ? WHOLE : { from: fact.scope.startLine, to: fact.scope.endLine }
  return clientIn(written, root).map((party) => ({
    name,
    party,
    origin: 'type' as const,
    construction: null,
    ...extent,
  }))
}

/** The party of the first type in a text that carries a connection; none or one. */
function clientIn(written: string, root: RootOf): readonly Party[] {
  for (const [path] of written.matchAll(/[A-Za-z_$][\w$]*(?:(?:\.|::|\\)[A-Za-z_$][\w$]*)*/g)) {
    const party = rootParty(stepsOf(path), root) ?? root(path)
    const last = path.split(/\.|::|\\/).at(-1) ?? path
    if (party !== null && isClientType(last, party)) return [party]
  }
  return []
}

/** `client` of `client = key ? new Client(key) : null` and of `client = wrap(new Client())`. */
function assignedBefore(file: CodeFile, { start }: Fact): string | undefined {
  const before = file.text.slice(Math.max(0, start - 200), start)
  return /([\w.$@>-]{1,80})(?:\s*:\s*[\w<>|.\s]{1,60})?\s*:?=(?![=>])[^;{}=]{1,120}$/.exec(
    before,
  )?.[1]
}

/** Where each language writes what a function gives. */
const RETURN_TYPE =
  /^[^{]{0,400}?\)\s*(?::|->)\s*([^={;]{1,120}?)\s*(?:=>|\{|:|where\b|$)|^func\s[^{]{0,300}?\)\s*\(?([^{]{1,120}?)\)?\s*\{/

/** A function that says it gives a client stands for it when it is called. */
function returnedBy(fact: Fact, root: RootOf): readonly Bound[] {
  const name = fact.captures['name']
  const match = RETURN_TYPE.exec(fact.text.slice(0, 600))
  const type = match?.[1] ?? match?.[2]
  if (name === undefined || type === undefined) return []
  return clientIn(type, root).map((party) => ({
    name: `${name}()`,
    party,
    origin: 'type' as const,
    construction: null,
    ...WHOLE,
  }))
}

/** `const client = stripe` gives a second name. */
function aliasesOf(file: CodeFile, bound: Bound): readonly Bound[] {
  if (bound.origin === 'import' || !/^\w{2,80}$/.test(bound.name)) return []
  const pattern = new RegExp(
    `([\\w.$@>-]{1,80})\\s*:?=\\s*(?:(?:this|self|\\$this)(?:\\.|->))?\\$?${bound.name}\\s*(?:;|\\n|\\?\\?|\\|\\|)`,
    'g',
  )
  return [...file.text.matchAll(pattern)]
    .map(([, written = '']) => ({ ...bound, name: lastName(written) }))
    .filter(({ name }) => name !== bound.name)
}

/** `StripeClient`, or a type that is called like its provider: `Stripe`, `Octokit`. */
function isClientType(name: string, party: Party): boolean {
  if (DATA_TYPE.test(name)) return false
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return (
    CLIENT_TYPE.test(name) || plain === party.id.replaceAll(/[^a-z0-9]/g, '') || plain === 'octokit'
  )
}

/** The party of the first name of a path, or of the path as a whole: `Aws::S3`, `\Stripe\Client`. */
function rootParty(steps: ReturnType<typeof stepsOf>, root: RootOf): Party | null {
  const names = steps.map(({ name }) => name.replace(/^\\/, ''))
  const [first] = names
  if (first === undefined) return null
  return root(names.slice(0, 2).join('::')) ?? root(names.slice(0, 2).join('.')) ?? root(first)
}

/** `client` of `this.client`, `s.client`, `@client`, `$this->client`. */
function lastName(written: string): string {
  return /([\w]+)\W*$/.exec(written.trim())?.[1] ?? ''
}

/** A field is known in the whole file, a variable in its function. */
function extentOf(written: string, { scope }: Fact): { from: number; to: number } {
  const isField = /[.>@]/.test(written) || /^_/.test(written.trim())
  if (isField || scope === null) return WHOLE
  return { from: scope.startLine, to: scope.endLine }
}

/** `const stripe = getStripe()` gives the name what the function made. */
function boundToResult(file: CodeFile, factory: Bound): readonly Bound[] {
  const maker = factory.name.slice(0, -2)
  if (!/^\w{2,80}$/.test(maker)) return []
  const pattern = new RegExp(
    `([\\w.$@>-]{1,80})\\s*:?=\\s*(?:await\\s+)?(?:[\\w$@]{1,40}(?:\\.|->|::))?${maker}\\(`,
    'g',
  )
  return [...file.text.matchAll(pattern)].map(([, written = '']) => ({
    ...factory,
    name: lastName(written),
  }))
}

/** The client that another file of the repository made and shares under the imported name. */
function sharedNames(
  code: Code,
  file: CodeFile,
  { local, name, module }: ImportedName,
  ownOf: (file: CodeFile) => readonly Bound[],
): readonly Bound[] {
  const language = CATALOG_LANGUAGE[file.language]
  if (local === null || (language !== 'js' && language !== 'python')) return []
  const python = language === 'python'
  const home = python && name !== null ? module.slice(0, -1 - name.length) : module
  for (const path of homesOf(file.path, home, python)) {
    const other = code.files.get(path)
    if (other === undefined) continue
    const made = ownOf(other).filter(({ origin, from }) => origin === 'construction' && from === 1)
    const wanted = made.filter((one) => one.name === name || one.name === `${name}()`)
    const [only] = name === 'default' && made.length === 1 ? made : wanted
    return only === undefined ? [] : sharedAs(file, { ...only, name: local, ...WHOLE })
  }
  return []
}

function sharedAs(file: CodeFile, bound: Bound): readonly Bound[] {
  const called = { ...bound, name: `${bound.name}()` }
  return [bound, ...boundToResult(file, called)]
}

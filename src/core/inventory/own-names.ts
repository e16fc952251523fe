import type { Fact } from '#core/facts/fact'
import { stepsOf } from '#core/inventory/callee'
import {
  CLIENT_TYPE,
  clientIn,
  DATA_TYPE,
  isClientType,
  type RootOf,
  rootParty,
} from '#core/inventory/client-types'
import { CATALOG_LANGUAGE, type ImportedName, importedNames } from '#core/inventory/imported-names'
import type { Party } from '#core/inventory/party'
import type { ImportLanguage } from '#core/providers/provider'
import { type CodeFile, factsOf } from '#core/rules/code'

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

export type PartyOf = (language: ImportLanguage, module: string) => Party | null

/** The extent of a name that is known in the whole file. */
export const WHOLE = { from: 1, to: Number.MAX_SAFE_INTEGER }

/** What the names of a file stand for, by what stands in this file alone. */
export function ownNames(
  file: CodeFile,
  partyOf: PartyOf,
  declared: ReadonlySet<string> | null,
): readonly Bound[] {
  const language = CATALOG_LANGUAGE[file.language]
  const imports = importedNames(file)
  const imported = imports.flatMap(({ local, module }): Bound[] => {
    const party = local === null ? null : partyOf(language, module)
    if (party === null || local === null) return []
    return [{ name: local, party, origin: 'import', construction: null, ...WHOLE }]
  })
  const opened = openedParty(imports, { language, partyOf, declared })
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
  {
    language,
    partyOf,
    declared,
  }: { language: ImportLanguage; partyOf: PartyOf; declared: ReadonlySet<string> | null },
): (name: string) => Party | null {
  const open = imports
    .filter(({ local }) => local === null)
    .flatMap(({ module }) => partyOf(language, module) ?? [])
  const http = open.find(({ role }) => role === 'http') ?? null
  const parties = distinct(open)
  return (name) => {
    if (language === 'csharp' && /^I?HttpClient(?:Factory)?$/.test(name)) return http ?? HTTP_CLIENT
    const isOwn = FRAMEWORK_TYPE.test(name) || declared?.has(name) === true
    return isOwn || !OPENED_TYPE.test(name) ? null : ownerOf(name, parties, declared !== null)
  }
}

/** The party that a type is called after; else the only one, where all own types are known. */
function ownerOf(name: string, parties: readonly Party[], surely: boolean): Party | null {
  const alike = parties.filter((party) => startsLike(name, party))
  const [only, ...others] = alike.length > 0 || !surely ? alike : parties
  return others.length === 0 ? (only ?? null) : null
}

/** Each party once; a cloud as a whole is left out where one of its services is there too. */
function distinct(parties: readonly Party[]): readonly Party[] {
  const byId = new Map(parties.map((party) => [party.id, party]))
  const ids = [...byId.keys()]
  return [...byId.values()].filter(({ id }) => !ids.some((other) => other.startsWith(`${id}-`)))
}

/** Simple names that read like clients, without what other libraries call theirs too. */
const OPENED_TYPE =
  /^\w*(?:Client|Api|Service|Gateway|Resource|Producer|Consumer|Sender|Receiver|Publisher|Processor|Transport|Messaging|Channel|Connection|Mailer)$/

/** Parts of frameworks whose types read like clients. */
const FRAMEWORK_TYPE =
  /^I?(?:Logger|Service|Host|Memory|Distributed|Web|Db|Sql|Http)\w*(?:Factory|Provider|Scope\w*|Service|Cache|Host|Context|Connection)$/

/** `SendGridClient` of `sendgrid`, `IAmazonSQS` of `aws-sqs`. */
function startsLike(name: string, { id }: Party): boolean {
  const plain = name.replace(/^I(?=[A-Z])/, '').toLowerCase()
  return id.split(/[-.]/).some((part) => part.length > 3 && plain.startsWith(part.toLowerCase()))
}

/** .NET's own client is at hand without any import (implicit usings). */
const HTTP_CLIENT: Party = { kind: 'library', id: 'System.Net.Http', role: 'http' }

function madeBy(file: CodeFile, fact: Fact, root: RootOf): readonly Bound[] {
  const ctor = fact.captures['ctor'] ?? ''
  if (ctor === 'default') return []
  const required = /^require\(["'`]([^"'`]+)["'`]\)$/.exec(ctor)?.[1]
  const steps = stepsOf(ctor)
  const party = required === undefined ? rootParty(steps, root) : root(required)
  const last = steps.at(-1)?.name ?? ''
  const type = steps.findLast(({ name }) => /^[A-Z]/.test(name))?.name ?? last
  if (party === null || !isClient(type, party, file)) return []
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

/** Where types are written, only those of clients are clients; elsewhere all that are no data. */
function isClient(type: string, party: Party, file: CodeFile): boolean {
  if (TYPED.has(file.language)) return isClientType(type, party) || /^[a-z]/.test(type)
  return !DATA_TYPE.test(type) || CLIENT_TYPE.test(type)
}

const TYPED: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp'])

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
export function boundToResult(file: CodeFile, factory: Bound): readonly Bound[] {
  const maker = factory.name.slice(0, -2)
  if (!/^\w{2,80}$/.test(maker)) return []
  const pattern = new RegExp(
    `([\\w.$@>-]{1,80})(?:\\s*,\\s*\\w{1,40})?\\s*:?=\\s*(?:await\\s+)?(?:[\\w$@]{1,40}(?:\\.|->|::))?${maker}\\(`,
    'g',
  )
  return [...file.text.matchAll(pattern)].map(([, written = '']) => ({
    ...factory,
    name: lastName(written),
  }))
}

import type { Fact } from '#core/facts/fact'
import { type Assignment, assignmentsOf } from '#core/inventory/assignments'
import { stepsOf } from '#core/inventory/callee'
import { classParents } from '#core/inventory/class-parents'
import {
  CLIENT_TYPE,
  clientIn,
  DATA_TYPE,
  isClientType,
  type RootOf,
  rootParty,
} from '#core/inventory/client-types'
import { CATALOG_LANGUAGE, importedNames } from '#core/inventory/imported-names'
import { openedParty } from '#core/inventory/opened-namespaces'
import type { Party, PartyOf } from '#core/inventory/party'
import { type Declared, unknownClient } from '#core/inventory/unknown-clients'
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

/** The extent of a name that is known in the whole file. */
export const WHOLE = { from: 1, to: Number.MAX_SAFE_INTEGER }

/** What names are read with. */
export interface NameNeeds {
  readonly partyOf: PartyOf
  /** What the repository calls its own; null where that is not known. */
  readonly declared: Declared | null
  /** Interfaces of the repository that a library turns into clients. */
  readonly clients: ReadonlySet<string>
}

/** What the names of a file stand for, by what stands in this file alone. */
export function ownNames(
  file: CodeFile,
  { partyOf, declared, clients }: NameNeeds,
): readonly Bound[] {
  const language = CATALOG_LANGUAGE[file.language]
  const imports = importedNames(file)
  const imported = imports.flatMap(({ local, module }): Bound[] => {
    const party = local === null ? null : partyOf(language, module)
    if (party === null || local === null) return []
    return [{ name: local, party, origin: 'import', construction: null, ...WHOLE }]
  })
  const opened = openedParty(imports, { language, partyOf, types: declared?.types ?? null })
  const named = (name: string) =>
    imported.find((one) => one.name === name)?.party ??
    partyOf(language, name) ??
    opened(name) ??
    (clients.has(name) ? CLIENT_INTERFACE : null)
  const parents = classParents(file)
  const root = (name: string) => named(name) ?? named(parents.get(name)?.split('.')[0] ?? '')
  /** `boto3.client('sqs')` names the service that JavaScript has a package for. */
  const service = (party: Party, { args }: Fact) => {
    const name =
      party.id === 'aws' ? /^["']([a-z0-9-]{2,30})["']$/.exec(args[0] ?? '')?.[1] : undefined
    return name === undefined ? party : (partyOf('js', `@aws-sdk/client-${name}`) ?? party)
  }
  const unknown = (fact: Fact, type: string) =>
    unknownClient(fact, parents.get(type) ?? type, { imports, language, declared })
  const made = factsOf(file, 'client-construction').flatMap((fact) =>
    madeBy(file, fact, { root, unknown }).map((one) => ({
      ...one,
      party: service(one.party, fact),
    })),
  )
  const typed = factsOf(file, 'declared-name').flatMap((fact) => typedAs(file, fact, root))
  const returned = factsOf(file, 'function').flatMap((fact) => returnedBy(fact, root))
  const factories = [...made, ...returned].filter(({ name }) => name.endsWith('()'))
  const results = [
    ...factories.flatMap((one) => boundToResult(file, one)),
    // What is seen as a construction is known better.
    ...imported
      .flatMap((one) => boundToFactory(file, one))
      .filter(({ name }) => !made.some((one) => one.name === name)),
  ]
  const clientsOf = [...made, ...typed, ...results]
  const parts = clientsOf.flatMap((one) => boundToPart(file, one))
  const known = [...imported, ...made, ...typed, ...returned, ...results, ...parts]
  return [...known, ...known.flatMap((one) => aliasesOf(file, one))]
}

/** Retrofit and Feign: an interface of the repository that somebody else answers. */
const CLIENT_INTERFACE: Party = { kind: 'library', id: 'declared HTTP client', role: 'rpc' }

function madeBy(
  file: CodeFile,
  fact: Fact,
  { root, unknown }: { root: RootOf; unknown: (fact: Fact, type: string) => Party | null },
): readonly Bound[] {
  const ctor = fact.captures['ctor'] ?? ''
  if (ctor === 'default') return []
  const required = /^require\(["'`]([^"'`]+)["'`]\)$/.exec(ctor)?.[1]
  const steps = stepsOf(ctor)
  const known = required === undefined ? rootParty(steps, root) : root(required)
  const last = steps.at(-1)?.name ?? ''
  const type = steps.findLast(({ name }) => /^[A-Z]/.test(name))?.name ?? last
  const party = known !== null && isClient(type, known, file) ? known : unknown(fact, type)
  if (party === null) return []
  const binding = fact.captures['binding'] ?? assignedBefore(file, fact)
  const common = { party, origin: 'construction', construction: fact } as const
  const made = makerOf(fact).map((name) => ({ ...common, name, ...WHOLE }))
  if (binding === undefined) return made
  const written = binding.split(',', 1)[0] ?? binding
  const bound = { ...common, name: lastName(written), ...extentOf(written, fact) }
  return isGivenBack(file, fact, bound.name) ? [bound, ...made] : [bound]
}

/** The function around a construction; a class that makes a client is not what calling it gives. */
function makerOf({ scope }: Fact): readonly string[] {
  const name = scope?.name ?? ''
  return name === '' || /^[A-Z]/.test(name) ? [] : [`${name}()`]
}

/** How far behind a construction its return is looked for. */
const MAX_TO_RETURN = 2_000

/** Whether the function around a construction ends by giving back the name. */
function isGivenBack(file: CodeFile, { end }: Fact, name: string): boolean {
  const rest = file.text.slice(end, end + MAX_TO_RETURN)
  const [, given] =
    /^(?:(?!\n\S)[\s\S])*?\breturn\s+(?:this\.|self\.)?([\w$]{1,80})\s*[;\n}]/.exec(rest) ?? []
  return given === name
}

function typedAs(file: CodeFile, fact: Fact, root: RootOf): readonly Bound[] {
  const name = lastName(fact.captures['name'] ?? '')
  const written = fact.captures['type'] ?? ''
  if (name === '' || written.length > 300) return []
  const extent = isFieldOfStruct(file, fact) ? WHOLE : extentOf('', fact)
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
  if (name === undefined || type === undefined || fact.captures['form'] === 'class') return []
  return clientIn(type, root).map((party) => ({
    name: `${name}()`,
    party,
    origin: 'type' as const,
    construction: null,
    ...WHOLE,
  }))
}

/** Go and Rust keep a struct's fields apart from the functions that use them. */
function isFieldOfStruct(file: CodeFile, { scope }: Fact): boolean {
  if (scope === null || (file.language !== 'go' && file.language !== 'rust')) return false
  return factsOf(file, 'function').some(
    ({ captures, line, endLine }) =>
      captures['form'] === 'class' && line === scope.startLine && endLine === scope.endLine,
  )
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
  return assignmentsOf(file)
    .list.filter(({ called, right }) => called && lastName(right) === maker)
    .map(({ left }) => ({ ...factory, name: lastName(left) }))
}

const MAKES =
  /^(?:create|connect|init|build|open|make|client|resource|get_?client|get_?session)\w*$/i

/** Functions of a library that give a client: `createTransport(…)`, `google.sheets({ auth })`. */
function boundToFactory(file: CodeFile, { name, party }: Bound): readonly Bound[] {
  const gives = ({ right, called, args }: Assignment) => {
    const [root, member, ...deeper] = right.split('.')
    if (!called || root !== name || deeper.length > 0) return false
    return MAKES.test(member ?? root) || (member !== undefined && /\bauth\b/.test(args))
  }
  return assignmentsOf(file)
    .list.filter(gives)
    .map(({ left }) => ({
      ...{ name: lastName(left), party, origin: 'construction' as const, construction: null },
      ...WHOLE,
    }))
}

/** `const client = stripe` gives a second name. */
export function aliasesOf(file: CodeFile, bound: Bound): readonly Bound[] {
  if (bound.origin === 'import') return []
  return assignmentsOf(file)
    .list.filter(({ called, right }) => !called && lastName(right) === bound.name)
    .map(({ left }) => ({ ...bound, name: lastName(left) }))
    .filter(({ name }) => name !== bound.name)
}

/** What clients give parts of themselves by. */
const GIVES_PART =
  /^(?:(?:create|get|new|make|open)_?)?(?:producer|consumer|admin|channel|confirm_?channel|queue|topic|subscription|bucket|container|blob_?container|database|collection|table|sender|receiver|publisher|subscriber)(?:_?client)?$/i

/** `const producer = kafka.producer()` speaks to whom `kafka` speaks to. */
function boundToPart(file: CodeFile, client: Bound): readonly Bound[] {
  return assignmentsOf(file)
    .list.filter(({ called, right }) => {
      const names = right.split(/\.|->|::/)
      return called && names.at(-2) === client.name && GIVES_PART.test(names.at(-1) ?? '')
    })
    .map(({ left }) => ({ ...client, name: lastName(left), ...WHOLE }))
}

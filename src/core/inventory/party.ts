import { IMPORT_SIGNALS, type ImportSignal } from '#core/filter/import-vocabulary'
import type { Catalog } from '#core/providers/catalog'
import type { Category, ImportLanguage } from '#core/providers/provider'

/** How one speaks to a party, which decides what its calls mean. */
export type Role = 'http' | 'sdk' | 'queue' | 'storage' | 'mail' | 'rpc' | 'oauth' | 'monitoring'

/** Whom a module leads to: a provider, or a library that speaks to whoever it is pointed at. */
export interface Party {
  readonly kind: 'provider' | 'library'
  /** A provider's id, or the library's name. */
  readonly id: string
  readonly role: Role
}

/** Finds the party of a module, as code of a language writes it; null where it leads to nobody. */
export type PartyOf = (language: ImportLanguage, module: string) => Party | null

const ROLE_OF_SIGNAL: Readonly<Partial<Record<ImportSignal, Role>>> = {
  'http-client': 'http',
  'rpc-client': 'rpc',
  mail: 'mail',
  queue: 'queue',
  oauth: 'oauth',
  storage: 'storage',
}

const ROLE_OF_CATEGORY: Readonly<Partial<Record<Category, Role>>> = {
  queue: 'queue',
  storage: 'storage',
  monitoring: 'monitoring',
}

/** What comes with a language; some of it serves too, and its calls tell. */
const BUILT_IN: ReadonlyMap<string, Role> = new Map([
  ...named('http', 'js http', 'js https', 'js node:http', 'js node:https', 'go net/http'),
  ...named(
    'http',
    'ruby Net::HTTP',
    'ruby URI',
    'ruby open-uri',
    'java java.net.HttpURLConnection',
  ),
  ...named('rpc', 'ruby Net::FTP', 'ruby Net::SFTP', 'ruby Net::SSH', 'ruby Net::LDAP'),
  ...named('mail', 'ruby Net::SMTP', 'ruby Net::IMAP', 'ruby Net::POP3'),
])

function named(role: Role, ...modules: readonly string[]): readonly (readonly [string, Role])[] {
  return modules.map((module) => [module, role])
}

/** The parties of the modules of one language; each module is looked up once. */
export function createParties(catalog: Catalog): PartyOf {
  const known = new Map<string, Party | null>()
  return (language, module) => {
    const key = `${language} ${module}`
    const before = known.get(key)
    if (before !== undefined) return before
    const party = partyOf(catalog, language, module)
    known.set(key, party)
    return party
  }
}

function partyOf(catalog: Catalog, language: ImportLanguage, module: string): Party | null {
  const provider = catalog.byImport(language, module)
  if (provider !== null) return providerParty(catalog, provider)
  const builtIn = BUILT_IN.get(`${language} ${module}`)
  if (builtIn !== undefined) return { kind: 'library', id: module, role: builtIn }
  // Only its parts say what is spoken.
  if (language === 'ruby' && module === 'Net') return null
  const signal = IMPORT_SIGNALS[language].find(module)
  const role = signal === null ? undefined : ROLE_OF_SIGNAL[signal]
  return role === undefined ? null : { kind: 'library', id: libraryName(language, module), role }
}

/** A known provider as a party. */
function providerParty(catalog: Catalog, id: string): Party {
  const category = catalog.get(id)?.category
  const role = (category && ROLE_OF_CATEGORY[category]) ?? 'sdk'
  return { kind: 'provider', id, role }
}

/** How many parts of a module's name are the library's own: `golang.org/x/oauth2` has three. */
const PARTS: Readonly<Record<ImportLanguage, readonly [separator: string, count: number]>> = {
  js: ['/', 1],
  python: ['.', 1],
  java: ['.', 3],
  go: ['/', 3],
  ruby: ['::', 2],
  php: ['\\', 1],
  csharp: ['.', 2],
  rust: ['::', 1],
}

/** The library's own name, without the parts of it that a module names. */
export function libraryName(language: ImportLanguage, module: string): string {
  const [separator, count] = PARTS[language]
  const scoped = language === 'js' && module.startsWith('@') ? 1 : 0
  const parts = module.split(separator)
  // Java's packages are written small, its classes are not part of the library's name.
  const own = language === 'java' ? parts.filter((part) => /^[a-z]/.test(part)) : parts
  const short = /^(?:javax|jakarta)$/.test(own[0] ?? '') ? 2 : count
  return own.slice(0, short + scoped).join(separator)
}

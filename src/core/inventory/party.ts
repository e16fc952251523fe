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

/** What comes with a language and speaks HTTP; some of it serves too, and its calls tell. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  js: ['http', 'https', 'node:http', 'node:https'],
  go: ['net/http'],
  ruby: ['Net', 'URI', 'open-uri'],
  java: ['java.net.URL', 'java.net.HttpURLConnection'],
}

/** The parties of the modules of one language; each module is looked up once. */
export function createParties(
  catalog: Catalog,
): (language: ImportLanguage, module: string) => Party | null {
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
  if (BUILT_IN[language]?.includes(module)) return { kind: 'library', id: module, role: 'http' }
  const signal = IMPORT_SIGNALS[language].find(module)
  const role = signal === null ? undefined : ROLE_OF_SIGNAL[signal]
  return role === undefined ? null : { kind: 'library', id: libraryName(language, module), role }
}

/** A known provider as a party. */
export function providerParty(catalog: Catalog, id: string): Party {
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
  ruby: ['::', 1],
  php: ['\\', 1],
  csharp: ['.', 2],
  rust: ['::', 1],
}

function libraryName(language: ImportLanguage, module: string): string {
  const [separator, count] = PARTS[language]
  const scoped = language === 'js' && module.startsWith('@') ? 1 : 0
  return module
    .split(separator)
    .slice(0, count + scoped)
    .join(separator)
}

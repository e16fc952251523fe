import {
  moduleClaims,
  moduleKey,
  moduleSeparator,
  nameKey,
  packageKey,
  packageSeparator,
} from '#core/providers/claims'
import { createNameTable, type NameTable } from '#core/providers/name-table'
import type {
  Ecosystem,
  ImportLanguage,
  Provider,
  ProviderFacts,
  Sourced,
} from '#core/providers/provider'

/** Everything that is known of third parties, found by how they show themselves. */
export interface Catalog {
  readonly providers: readonly Provider[]
  /** The day for which facts are given. */
  readonly today: string
  get(id: string): Provider | null
  /** The provider of a registry's package: `npm`, `@aws-sdk/client-sqs`. */
  byPackage(ecosystem: Ecosystem, name: string): string | null
  /** The provider of a module as code writes it: `java`, `com.stripe.model.Charge`. */
  byImport(language: ImportLanguage, specifier: string): string | null
  byHost(host: string): string | null
  byEnv(name: string): string | null
  byHeader(name: string): string | null
  /** The provider whose name is this word; case and everything but letters and digits are ignored. */
  byName(word: string): string | null
  /** What is known today; an expired fact is absent, so is everything of an unknown provider. */
  facts(id: string): ProviderFacts
}

/**
 * @param today a day such as `2026-11-22`
 * @param expired whether facts that expire on that day or earlier are left out, or known as before
 */
export function createCatalog(
  providers: readonly Provider[],
  today: string,
  expired: 'unknown' | 'known' = 'unknown',
): Catalog {
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  const known = (all: ProviderFacts) => (expired === 'known' ? all : currentFacts(all, today))
  const facts = new Map(providers.map(({ id, facts }) => [id, known(facts)]))
  const packages = packageTables(providers)
  const imports = importTables(providers)
  const envNames = createNameTable<string>('_')
  const hosts = createNameTable<string>('.')
  const headers = new Map<string, string>()
  const names = new Map<string, string>()
  for (const { id, names: own, env, hosts: hostNames, headers: headerNames } of providers) {
    for (const name of env) envNames.add(name, id)
    for (const host of hostNames) hosts.add(reversed(host), id)
    for (const header of headerNames) headers.set(header.toLowerCase(), id)
    for (const name of [id, ...own]) names.set(nameKey(name), id)
  }
  return {
    providers,
    today,
    get: (id) => byId.get(id) ?? null,
    byPackage: (ecosystem, name) => packages[ecosystem].find(packageKey(ecosystem, name)),
    byImport: (language, specifier) => imports[language].find(moduleKey(language, specifier)),
    byHost: (host) => hosts.find(reversed(host.toLowerCase())),
    byEnv: (name) => envNames.find(name),
    byHeader: (name) => headers.get(name.toLowerCase()) ?? null,
    byName: (word) => names.get(nameKey(word)) ?? null,
    facts: (id) => facts.get(id) ?? {},
  }
}

function packageTables(
  providers: readonly Provider[],
): Readonly<Record<Ecosystem, NameTable<string>>> {
  const table = (ecosystem: Ecosystem) => {
    const names = createNameTable<string>(packageSeparator(ecosystem))
    for (const { id, packages } of providers) {
      for (const name of packages[ecosystem] ?? []) names.add(packageKey(ecosystem, name), id)
    }
    return names
  }
  return {
    npm: table('npm'),
    pypi: table('pypi'),
    maven: table('maven'),
    go: table('go'),
    rubygems: table('rubygems'),
    composer: table('composer'),
    nuget: table('nuget'),
    cargo: table('cargo'),
  }
}

function importTables(
  providers: readonly Provider[],
): Readonly<Record<ImportLanguage, NameTable<string>>> {
  const table = (language: ImportLanguage) => {
    const names = createNameTable<string>(moduleSeparator(language))
    for (const provider of providers) {
      for (const { key } of moduleClaims(provider, language)) names.add(key, provider.id)
    }
    return names
  }
  return {
    js: table('js'),
    python: table('python'),
    java: table('java'),
    go: table('go'),
    ruby: table('ruby'),
    php: table('php'),
    csharp: table('csharp'),
    rust: table('rust'),
  }
}

/** Host names are looked up from their right end, so that `*.stripe.com` is a beginning. */
const reversed = (host: string) => host.split('.').reverse().join('.')

const isSourced = (node: object): node is Sourced<unknown> =>
  'expires' in node && typeof node.expires === 'string'

function currentFacts(facts: ProviderFacts, today: string): ProviderFacts {
  const keep = (node: object): object | null => {
    if (isSourced(node)) return node.expires > today ? node : null
    const kept = Object.entries(node)
      .map(([key, child]) => [key, keep(child)] as const)
      .filter(([, child]) => child !== null)
    return Object.fromEntries(kept)
  }
  // Leaving entries out of a tree of optional entries keeps its type.
  return (keep(facts) ?? {}) as ProviderFacts
}

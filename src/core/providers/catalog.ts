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

/** The registry that a language takes its packages from, and what separates a module's parts. */
const LANGUAGES: Readonly<Record<ImportLanguage, { ecosystem: Ecosystem; separator: string }>> = {
  js: { ecosystem: 'npm', separator: '/' },
  python: { ecosystem: 'pypi', separator: '.' },
  java: { ecosystem: 'maven', separator: '.' },
  go: { ecosystem: 'go', separator: '/' },
  ruby: { ecosystem: 'rubygems', separator: '/' },
  php: { ecosystem: 'composer', separator: '\\' },
  csharp: { ecosystem: 'nuget', separator: '.' },
  rust: { ecosystem: 'cargo', separator: '::' },
}
const LANGUAGE_NAMES = ['js', 'python', 'java', 'go', 'ruby', 'php', 'csharp', 'rust'] as const

const PACKAGE_SEPARATORS: Readonly<Record<Ecosystem, string>> = {
  npm: '/',
  pypi: '-',
  maven: ':',
  go: '/',
  rubygems: '-',
  composer: '/',
  nuget: '.',
  cargo: '-',
}

/** @param today a day such as `2026-11-22`; facts that expire on it or earlier are left out */
export function createCatalog(providers: readonly Provider[], today: string): Catalog {
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  const facts = new Map(providers.map(({ id, facts }) => [id, currentFacts(facts, today)]))
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
    for (const name of [id, ...own]) names.set(plain(name), id)
  }
  return {
    providers,
    get: (id) => byId.get(id) ?? null,
    byPackage: (ecosystem, name) => packages[ecosystem].find(packageName(ecosystem, name)),
    byImport: (language, specifier) => imports[language].find(moduleName(language, specifier)),
    byHost: (host) => hosts.find(reversed(host.toLowerCase())),
    byEnv: (name) => envNames.find(name),
    byHeader: (name) => headers.get(name.toLowerCase()) ?? null,
    byName: (word) => names.get(plain(word)) ?? null,
    facts: (id) => facts.get(id) ?? {},
  }
}

function packageTables(
  providers: readonly Provider[],
): Readonly<Record<Ecosystem, NameTable<string>>> {
  const table = (ecosystem: Ecosystem) => {
    const names = createNameTable<string>(PACKAGE_SEPARATORS[ecosystem])
    for (const { id, packages } of providers) {
      for (const name of packages[ecosystem] ?? []) names.add(packageName(ecosystem, name), id)
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
    const { separator } = LANGUAGES[language]
    const names = createNameTable<string>(separator)
    for (const provider of providers) {
      for (const root of moduleRoots(provider, language))
        names.add(withBelow(moduleName(language, root), separator), provider.id)
    }
    return names
  }
  const [js, python, java, go, ruby, php, csharp, rust] = LANGUAGE_NAMES
  return {
    js: table(js),
    python: table(python),
    java: table(java),
    go: table(go),
    ruby: table(ruby),
    php: table(php),
    csharp: table(csharp),
    rust: table(rust),
  }
}

/** What the pack says, else what follows from the package: `stripe-go` and `com.stripe` are modules. */
function moduleRoots(provider: Provider, language: ImportLanguage): readonly string[] {
  const stated = provider.imports[language] ?? []
  const packages = provider.packages[LANGUAGES[language].ecosystem] ?? []
  if (language === 'js' || language === 'go' || language === 'ruby') return [...stated, ...packages]
  if (stated.length > 0) return stated
  if (language === 'python' || language === 'rust') {
    return packages.map((name) => name.replaceAll('-', '_'))
  }
  if (language === 'java') return packages.map((name) => name.split(':', 1)[0] ?? name)
  return language === 'csharp' ? packages : []
}

/** Ruby requires by path and names by constant: `aws-sdk-s3` and `Aws::S3`. */
const moduleName = (language: ImportLanguage, name: string) =>
  language === 'ruby' ? name.replaceAll('::', '/') : name

/** A module's name covers everything below it; a pattern that says so itself stays as it is. */
const withBelow = (root: string, separator: string) =>
  root.endsWith('*') ? root : `${root}${separator}*`

/** Host names are looked up from their right end, so that `*.stripe.com` is a beginning. */
const reversed = (host: string) => host.split('.').reverse().join('.')
const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** PyPI treats `.`, `_` and `-` as one and ignores case; NuGet and Composer ignore case. */
function packageName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'pypi') return name.toLowerCase().replaceAll(/[._]/g, '-')
  if (ecosystem === 'go') return name.endsWith('*') ? name : `${name}/*`
  return ecosystem === 'nuget' || ecosystem === 'composer' ? name.toLowerCase() : name
}

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

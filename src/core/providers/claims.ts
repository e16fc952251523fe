import type { PackPath } from '#core/providers/pack'
import { Ecosystem, ImportLanguage, type Provider } from '#core/providers/provider'

/** Something by which a provider wants to be recognised, and where its pack says so. */
export interface Claim {
  /** What kind of thing it is, in words: `npm package`, `java module`, `host`. */
  readonly kind: string
  /** As it is looked up: what the registry ignores in a spelling is gone. */
  readonly key: string
  readonly written: string
  /** Whether the pack says so itself, or it follows from the name of a package. */
  readonly stated: boolean
  readonly path: PackPath
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
/** What parts a package's name; `*` after it stands for every package below. */
export const packageSeparator = (ecosystem: Ecosystem): string => PACKAGE_SEPARATORS[ecosystem]

/** The registry that a language takes its packages from. */
export const registryOf = (language: ImportLanguage): Ecosystem => LANGUAGES[language].ecosystem

/** What parts a module's name as code writes it. */
export const moduleSeparator = (language: ImportLanguage): string => LANGUAGES[language].separator

/** A module as it is looked up. Ruby requires by path and names by constant: `aws-sdk-s3`, `Aws::S3`. */
export const moduleKey = (language: ImportLanguage, module: string): string =>
  language === 'ruby' ? module.replaceAll('::', '/') : module

/** A package's name as it is looked up. PyPI treats `.`, `_` and `-` as one and ignores case; NuGet and Composer ignore case. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'pypi') return name.toLowerCase().replaceAll(/[._]/g, '-')
  if (ecosystem === 'go') return name.endsWith('*') ? name : `${name}/*`
  return ecosystem === 'nuget' || ecosystem === 'composer' ? name.toLowerCase() : name
}

/** A provider's name as it is looked up: letters and digits, whatever their case. */
export const nameKey = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** What the pack says, else what follows from the package: `stripe-go` and `com.stripe` are modules. */
export function moduleClaims(provider: Provider, language: ImportLanguage): readonly Claim[] {
  const { ecosystem, separator } = LANGUAGES[language]
  const claim = (root: string, written: string, path: PackPath): Claim => ({
    kind: `${language} module`,
    // A module's name covers everything below it; a pattern that says so itself stays as it is.
    key: moduleKey(language, root.endsWith('*') ? root : `${root}${separator}*`),
    written,
    stated: path[0] === 'imports',
    path,
  })
  const stated = (provider.imports[language] ?? []).map((name, index) =>
    claim(name, name, ['imports', language, index]),
  )
  const derived = (provider.packages[ecosystem] ?? []).map((name, index) => {
    const root = moduleOfPackage(language, name)
    return claim(root, root, ['packages', ecosystem, index])
  })
  if (language === 'js' || language === 'go' || language === 'ruby') return [...stated, ...derived]
  return stated.length > 0 || language === 'php' ? stated : derived
}

/** The module that a package most likely brings. */
export function moduleOfPackage(language: ImportLanguage, packageName: string): string {
  if (language === 'python' || language === 'rust') return packageName.replaceAll('-', '_')
  return language === 'java' ? (packageName.split(':', 1)[0] ?? packageName) : packageName
}

/** Everything by which a provider wants to be recognised, in the order of its pack. */
export function claimsOf(provider: Provider): readonly Claim[] {
  const list = (
    kind: string,
    field: string,
    all: readonly string[],
    key: (name: string) => string,
  ) =>
    all.map(
      (written, index): Claim => ({
        kind,
        key: key(written),
        written,
        stated: true,
        path: [field, index],
      }),
    )
  const packages = Ecosystem.options.flatMap((ecosystem) =>
    list(`${ecosystem} package`, ecosystem, provider.packages[ecosystem] ?? [], (name) =>
      packageKey(ecosystem, name),
    ).map((claim): Claim => ({ ...claim, path: ['packages', ...claim.path] })),
  )
  return [
    { kind: 'name', key: nameKey(provider.id), written: provider.id, stated: false, path: ['id'] },
    ...list('name', 'names', provider.names, nameKey),
    ...packages,
    ...ImportLanguage.options.flatMap((language) => moduleClaims(provider, language)),
    ...list('host', 'hosts', provider.hosts, (host) => host),
    ...list('environment name', 'env', provider.env, (name) => name),
    ...list('header', 'headers', provider.headers, (header) => header.toLowerCase()),
  ]
}

import * as z from 'zod'
import type { Sdk } from '#core/inventory/inventory'
import type { Catalog } from '#core/providers/catalog'
import type { Ecosystem } from '#core/providers/provider'
import { splitLines } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'

/** A provider's package in a manifest or a lock file. */
export interface FoundPackage extends Sdk {
  readonly provider: string
}

/** One package as one file names it. */
interface Named {
  readonly name: string
  readonly version: string | null
  readonly line: number
}

interface Format {
  readonly file: RegExp
  readonly ecosystem: Ecosystem
  readonly isLock: boolean
  /** Captures the name and the version of a line that has both; the version may be absent. */
  readonly inline?: RegExp
  /** A line that opens a package's block, and the line in it that has the version. */
  readonly block?: { readonly name: RegExp; readonly version: RegExp }
}

const TOML_BLOCK = {
  name: /^name\s*=\s*"([\w.-]{1,80})"/,
  version: /^version\s*=\s*"([^"]{1,60})"/,
}

const FORMATS: readonly Format[] = [
  {
    file: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/,
    ecosystem: 'npm',
    isLock: true,
    block: {
      name: /^\s*"node_modules\/((?:@[\w.-]+\/)?[\w.-]{1,120})"\s*:/,
      version: /^\s*"version"\s*:\s*"([^"]{1,60})"/,
    },
  },
  {
    file: /(?:^|\/)package\.json$/,
    ecosystem: 'npm',
    isLock: false,
    inline:
      /^\s*"((?:@[\w.-]+\/)?[\w.-]{1,120})"\s*:\s*"([~^<>=*v\d][^"]{0,60}|workspace:[^"]{1,40}|latest)"/,
  },
  {
    file: /(?:^|\/)yarn\.lock$/,
    ecosystem: 'npm',
    isLock: true,
    block: {
      name: /^"?((?:@[\w.-]+\/)?[\w.-]{1,120})@/,
      version: /^\s+version:?\s+"?([\w.+-]{1,60})/,
    },
  },
  {
    file: /(?:^|\/)pnpm-lock\.yaml$/,
    ecosystem: 'npm',
    isLock: true,
    inline: /^\s{2}["']?\/?((?:@[\w.-]+\/)?[\w.-]{1,120})@(\d[\w.+-]{0,40})(?:\(|["']?:)/,
  },
  {
    file: /(?:^|\/)go\.mod$/,
    ecosystem: 'go',
    isLock: false,
    inline:
      /^\s*(?:require\s+)?([\w.-]+\.[a-z]{2,}\/[\w./-]{1,160})\s+(v[\w.+-]{1,80})(?!.*\/\/ indirect)/,
  },
  {
    file: /(?:^|\/)gemfile$|\.gemspec$/,
    ecosystem: 'rubygems',
    isLock: false,
    inline:
      /(?:\bgem\s*\(?|_dependency\s*\(?)\s*['"]([\w.-]{1,80})['"](?:\s*,\s*['"]([^'"]{1,40})['"])?/,
  },
  {
    file: /(?:^|\/)gemfile\.lock$/,
    ecosystem: 'rubygems',
    isLock: true,
    inline: /^ {4}([\w.-]{1,80}) \(([\w.+-]{1,60})\)/,
  },
  {
    file: /(?:^|\/)composer\.json$/,
    ecosystem: 'composer',
    isLock: false,
    inline: /^\s*"([\w.-]{1,60}\/[\w.-]{1,60})"\s*:\s*"([^"]{1,60})"/,
  },
  {
    file: /(?:^|\/)composer\.lock$/,
    ecosystem: 'composer',
    isLock: true,
    block: {
      name: /^\s*"name"\s*:\s*"([\w.-]{1,60}\/[\w.-]{1,60})"/,
      version: /^\s*"version"\s*:\s*"([^"]{1,60})"/,
    },
  },
  {
    file: /\.(?:cs|fs|vb)proj$|(?:^|\/)directory\.packages\.props$|(?:^|\/)packages\.config$/,
    ecosystem: 'nuget',
    isLock: false,
    inline: /(?:Include|Update|id)="([\w.-]{1,120})"(?:\s+[Vv]ersion="([^"]{1,60})")?/,
  },
  {
    file: /(?:^|\/)cargo\.toml$/,
    ecosystem: 'cargo',
    isLock: false,
    inline: /^\s*([\w-]{1,60})\s*=\s*(?:"([^"]{1,60})"|\{[^}]*?version\s*=\s*"([^"]{1,60})")/,
  },
  { file: /(?:^|\/)cargo\.lock$/, ecosystem: 'cargo', isLock: true, block: TOML_BLOCK },
  {
    file: /(?:^|\/)pom\.xml$/,
    ecosystem: 'maven',
    isLock: false,
    block: {
      name: /<artifactId>([\w.-]{1,120})<\/artifactId>/,
      version: /<version>([^<]{1,60})<\/version>/,
    },
  },
  {
    file: /\.gradle(?:\.kts)?$|(?:^|\/)[\w.-]*versions\.toml$/,
    ecosystem: 'maven',
    isLock: false,
    inline: /["']([\w.-]{3,80}:[\w.-]{2,80})(?::([\w.+$-]{1,60}))?["']/,
  },
  { file: /(?:^|\/)(?:poetry|uv|pdm)\.lock$/, ecosystem: 'pypi', isLock: true, block: TOML_BLOCK },
  {
    file: /(?:^|\/)pipfile\.lock$/,
    ecosystem: 'pypi',
    isLock: true,
    block: {
      name: /^\s{8}"([\w.-]{1,80})"\s*:\s*\{/,
      version: /^\s*"version"\s*:\s*"==([^"]{1,60})"/,
    },
  },
  {
    file: /(?:^|\/)requirements[^/]*\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/,
    ecosystem: 'pypi',
    isLock: false,
    inline: /^\s*([A-Za-z][\w.-]{0,80})\s*(?:\[[^\]]{0,80}\])?\s*((?:[=<>~!]=?=?)[^;#\s]{1,40})?/,
  },
  {
    file: /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|pipfile)$/,
    ecosystem: 'pypi',
    isLock: false,
    inline:
      /^\s*['"]?([A-Za-z][\w.-]{0,80})(?:\[[^\]]{0,80}\])?['"]?\s*(?:=\s*["']([^"']{1,40})["']|((?:[=<>~!]=|[<>])[^"';]{1,40})|["'],?\s*$)/,
  },
]

/** Whether a path is a manifest or a lock file that is read for packages. */
export function namesPackages(path: string): boolean {
  return formatOf(path) !== undefined
}

const formatOf = (path: string) => {
  const lower = path.toLowerCase()
  return FORMATS.find(({ file }) => file.test(lower))
}

/**
 * The provider packages that manifests name, with the version that the nearest lock file holds; a
 * package that only a lock file names is somebody else's dependency and left out.
 */
export function providerPackages(
  files: readonly SourceText[],
  catalog: Catalog,
): readonly FoundPackage[] {
  const locks = files.filter(({ path }) => formatOf(path)?.isLock === true)
  const locked = new Map(locks.map((file) => [file.path, lockedVersions(file)]))
  return files.flatMap((file) => {
    const format = formatOf(file.path)
    if (format === undefined || format.isLock) return []
    const { ecosystem } = format
    const seen = new Set<string>()
    return (jsonPackages(file) ?? namedIn(file, format)).flatMap(
      ({ name, version, line }): FoundPackage[] => {
        const provider = providerOf(ecosystem, name, catalog)
        if (provider === null || seen.has(name)) return []
        seen.add(name)
        const held = nearestLock(file.path, ecosystem, locked)?.get(name) ?? null
        return [
          {
            provider,
            ecosystem,
            package: name,
            declared: version,
            locked: held,
            path: file.path,
            line,
          },
        ]
      },
    )
  })
}

const Packages = z.record(z.string(), z.unknown()).optional()
const JsonManifest = z.object({
  dependencies: Packages,
  optionalDependencies: Packages,
  peerDependencies: Packages,
  require: Packages,
})

/**
 * The packages of a package.json or composer.json, without those that serve development alone;
 * null for other files, none where the manifest cannot be read.
 */
function jsonPackages({ path, text }: SourceText): readonly Named[] | null {
  if (!/(?:^|\/)(?:package|composer)\.json$/.test(path)) return null
  const lines = splitLines(text)
  const lineOf = (name: string) => lines.findIndex((line) => line.includes(`"${name}"`)) + 1 || 1
  return Object.entries(readJson(text)).flatMap(([, packages]) =>
    Object.entries(packages ?? {}).map(([name, version]) => ({
      name,
      version:
        typeof version === 'string' && /^[\w.^~<>=*| @:/-]{1,60}$/.test(version) ? version : null,
      line: lineOf(name),
    })),
  )
}

function readJson(text: string): z.infer<typeof JsonManifest> {
  try {
    return JsonManifest.safeParse(JSON.parse(text)).data ?? {}
  } catch {
    return {}
  }
}

function lockedVersions(file: SourceText): ReadonlyMap<string, string> {
  const format = formatOf(file.path)
  const versions = new Map<string, string>()
  for (const { name, version } of format === undefined ? [] : namedIn(file, format)) {
    if (version !== null && !versions.has(name)) versions.set(name, version)
  }
  return versions
}

function namedIn({ text }: SourceText, { inline, block }: Format): readonly Named[] {
  const found: Named[] = []
  let open: { name: string; line: number } | null = null
  for (const [index, written] of splitLines(text).entries()) {
    const line = index + 1
    const own = inline?.exec(written)
    if (own?.[1] !== undefined)
      found.push({ name: own[1], version: own[2] ?? own[3] ?? null, line })
    if (block === undefined) continue
    const name = block.name.exec(written)?.[1]
    const version = block.version.exec(written)?.[1]
    if (name !== undefined) open = { name, line }
    if (version !== undefined && open !== null) {
      found.push({ name: open.name, version, line: open.line })
      open = null
    }
  }
  return found
}

function providerOf(ecosystem: Ecosystem, name: string, catalog: Catalog): string | null {
  if (ecosystem !== 'maven') return catalog.byPackage(ecosystem, name)
  return catalog.byPackage('maven', name) ?? artifactOwner(name, catalog)
}

/** A pom names group and artifact on lines of their own; the artifact alone is enough. */
function artifactOwner(artifact: string, catalog: Catalog): string | null {
  const isPart = artifact.includes(':')
    ? (name: string) => name.split(':', 1)[0] === artifact.split(':', 1)[0]
    : (name: string) => name.endsWith(`:${artifact}`)
  const owner = catalog.providers.find(({ packages }) => packages.maven?.some(isPart))
  return owner?.id ?? null
}

/** The lock file of the same ecosystem in the manifest's folder, or in the closest one above. */
function nearestLock(
  path: string,
  ecosystem: Ecosystem,
  locked: ReadonlyMap<string, ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> | null {
  const parts = path.split('/').slice(0, -1)
  for (let length = parts.length; length >= 0; length -= 1) {
    const folder = parts
      .slice(0, length)
      .map((part) => `${part}/`)
      .join('')
    for (const [lock, versions] of locked) {
      const inFolder = lock.startsWith(folder) && !lock.slice(folder.length).includes('/')
      if (inFolder && formatOf(lock)?.ecosystem === ecosystem) return versions
    }
  }
  return null
}

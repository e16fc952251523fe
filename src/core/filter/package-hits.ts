import { wordsIn } from '#core/filter/code-vocabulary'
import { type Hit, hitAt } from '#core/filter/hit'
import { NO_CLIENT } from '#core/filter/import-hits'
import { IMPORT_SIGNALS, type ImportSignal } from '#core/filter/import-vocabulary'
import { isService } from '#core/filter/known-services'
import { EVERYDAY, WORDS } from '#core/filter/path-hits'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'
import type { Ecosystem, ImportLanguage } from '#core/providers/provider'

/** Which registry a manifest or lock file is about, and how its lines name a package. */
interface Format {
  readonly file: RegExp
  readonly ecosystem: Ecosystem
  /** A line that names a package and stands for its version too. */
  readonly inline: RegExp
  /** A line that opens a package's block; version lines below it belong to it. */
  readonly block?: RegExp
  /** The language whose modules the packages are, named as the registry names them. */
  readonly modules?: ImportLanguage
  /** A name of one's own for a version, which stands for the packages that use it. */
  readonly alias?: RegExp
}

const JSON_VERSION =
  /^\s*"(@?[\w./-]{1,120})"\s*:\s*"(?:[\^~<>=*v\d]|workspace:|npm:|latest|dev-|github:|git)/

const FORMATS: readonly Format[] = [
  {
    file: /package-lock\.json$|npm-shrinkwrap\.json$/,
    ecosystem: 'npm',
    inline: JSON_VERSION,
    block: /"(?:node_modules\/)+(@?[\w./-]{1,120})"\s*:\s*\{/,
  },
  { file: /package\.json$/, ecosystem: 'npm', inline: JSON_VERSION, modules: 'js' },
  {
    file: /yarn\.lock$/,
    ecosystem: 'npm',
    inline: /^"?(@?[\w./-]{1,120})@/,
    block: /^"?(@?[\w./-]{1,120})@/,
  },
  {
    file: /pnpm-lock\.yaml$/,
    ecosystem: 'npm',
    inline: /^\s*['"]?\/?(@?[\w.-]{1,60}(?:\/[\w.-]{1,60})?)[@/]\d/,
    block: /^\s{6,}['"]?(@?[\w./-]{1,120})['"]?:\s*$/,
  },
  { file: /bun\.lock$/, ecosystem: 'npm', inline: /^\s*"(@?[\w./-]{1,120})"\s*:/ },
  {
    file: /go\.(?:mod|sum)$/,
    ecosystem: 'go',
    inline: /^\s*(?:require\s+)?([\w.-]+\.[a-z]{2,}\/[\w./-]{1,160})\s+v/,
    modules: 'go',
  },
  {
    file: /gemfile(?:\.lock)?$|\.gemspec$/,
    ecosystem: 'rubygems',
    modules: 'ruby',
    inline: /(?:\bgem\s*\(?|_dependency\s*\(?)\s*['"]([\w.-]{1,80})['"]|^\s+([\w.-]{1,80}) \(/,
  },
  {
    file: /composer\.json$/,
    ecosystem: 'composer',
    modules: 'php',
    inline: /^\s*"([\w.-]{1,60}\/[\w.-]{1,60})"\s*:/,
  },
  {
    file: /composer\.lock$/,
    ecosystem: 'composer',
    inline: /^\s*"name"\s*:\s*"([\w./-]{1,120})"/,
    block: /^\s*"name"\s*:\s*"([\w./-]{1,120})"/,
  },
  {
    file: /\.(?:cs|fs|vb)proj$|packages\.(?:props|config|lock\.json)$/,
    ecosystem: 'nuget',
    modules: 'csharp',
    inline: /(?:Include|Update|id)="([\w.-]{1,120})"|^\s*"([\w.-]{1,120})"\s*:\s*\{/,
  },
  {
    file: /cargo\.toml$/,
    ecosystem: 'cargo',
    inline: /^\s*([\w-]{1,60})(?:\.\w+)?\s*=/,
    modules: 'rust',
  },
  {
    file: /cargo\.lock$/,
    ecosystem: 'cargo',
    inline: /^name\s*=\s*"([\w-]{1,60})"/,
    block: /^name\s*=\s*"([\w-]{1,60})"/,
  },
  {
    file: /pom\.xml$/,
    ecosystem: 'maven',
    modules: 'java',
    inline: /^$/,
    alias: /^\s*<([\w.-]{1,60}[vV]ersion)>/,
    block: /<groupId>([\w.-]{1,120})<\/groupId>/,
  },
  {
    file: /libs\.versions\.toml$/,
    ecosystem: 'maven',
    inline: /["']([\w.-]{3,80}:[\w.-]{2,80})/,
    modules: 'java',
    alias: /^\s*([\w-]{2,80})\s*=\s*["{]/,
  },
  {
    file: /\.gradle(?:\.kts)?$|libs\.versions\.toml$|build\.sbt$|gradle\.lockfile$/,
    ecosystem: 'maven',
    inline: /["'=]?([\w.-]{3,80}(?::|"\s*%%?\s*")[\w.-]{2,80})|\(\s*(libs\.[\w.]{2,80})\s*\)/,
    modules: 'java',
  },
  {
    file: /poetry\.lock$|uv\.lock$|pdm\.lock$/,
    ecosystem: 'pypi',
    inline: /^name\s*=\s*"([\w.-]{1,80})"/,
    block: /^name\s*=\s*"([\w.-]{1,80})"/,
  },
  {
    file: /pipfile\.lock$/,
    ecosystem: 'pypi',
    inline: /^\s*"([\w.-]{1,80})"\s*:\s*\{/,
    block: /^\s*"([\w.-]{1,80})"\s*:\s*\{/,
  },
  {
    file: /requirements|constraints|\.in$|\.pip$/,
    ecosystem: 'pypi',
    inline: /^\s*([A-Za-z][\w.-]{0,80})\s*(?:\[[^\]]{0,80}\])?\s*(?:[=<>~!;@]|$)/,
    modules: 'python',
  },
  {
    file: /pyproject\.toml$|setup\.(?:py|cfg)$|pipfile$|environment\.ya?ml$/,
    ecosystem: 'pypi',
    inline:
      /^\s*(?:-\s*)?['"]?([A-Za-z][\w.-]{0,80})(?:\[[^\]]{0,80}\])?['"]?\s*(?:[=<>~!;@]|['"]?,)/,
    modules: 'python',
  },
]

/** A line that carries a version, a checksum or an address: what moves when a package moves. */
const VERSION_LINE = /version|resolved|integrity|checksum|specifier|hash|reference|sha|url/i

/**
 * Provider packages that the change moved in a manifest or lock file. A manifest changes what the
 * code may use, a lock file what it does use; both count, as long as the package is a provider's.
 */
export function packageHits(
  path: string,
  lines: readonly CodeLine[],
  catalog: Catalog,
): readonly Hit[] {
  const lower = path.toLowerCase()
  const format = FORMATS.find(({ file }) => file.test(lower))
  if (!format) return []
  const hits: Hit[] = []
  let block: string | null = null
  for (const line of lines) {
    block = nameOn(line.text, format.block) ?? block
    if (!line.changed) continue
    const own = nameOn(line.text, format.inline)
    const name = own ?? (VERSION_LINE.test(line.text) ? block : null)
    if (name !== null) hits.push(...packageHit(name, format, line, catalog))
    else hits.push(...aliasHit(nameOn(line.text, format.alias), line, catalog))
  }
  return hits
}

function nameOn(text: string, pattern: RegExp | undefined): string | null {
  const match = pattern?.exec(text)
  return match?.[1] ?? match?.[2] ?? null
}

function packageHit(
  name: string,
  { ecosystem, modules }: Format,
  line: CodeLine,
  catalog: Catalog,
): readonly Hit[] {
  const provider =
    ecosystem === 'maven' ? mavenProvider(name, catalog) : catalog.byPackage(ecosystem, name)
  const detail = `${ecosystem} package ${name}`
  if (provider !== null && NO_CLIENT.test(name)) return []
  if (provider === null) {
    const isManifest = modules !== undefined
    const speaks =
      isManifest &&
      !NO_CLIENT.test(name) &&
      (isPartner(name, modules) || namesProvider(name, catalog))
    return speaks ? [hitAt(line, { signal: 'package', detail, weight: 0.6, reach: 'part' })] : []
  }
  return [hitAt(line, { signal: 'package', detail, weight: 0.7, reach: 'part', provider })]
}

/** Signals of modules that are made for outside systems, as those of tokens and retries need not be. */
const OUTSIDE: ReadonlySet<ImportSignal> = new Set<ImportSignal>([
  'sdk',
  'http-client',
  'storage',
  'mail',
  'queue',
  'oauth',
  'webhook',
])

/** What packages of every registry are called that speak a protocol or call somebody. */
const PARTNER_NAME =
  /(?:^|[./:_-])(?:retrofit2?|okhttp3?|openfeign|httpclient5?|guzzle|http[-_]client|ktor[-_]client|kafka|amqp|rabbitmq|mailer|phpmailer|(?:javax|jakarta|angus)[-.]?mail|google[-.]analytics|oauth2?|oidc|saml2?|socialite|omniauth|sdk|smtp[-_]?\w*|api[-_]client|ldap|mqtt|ai|genai|llms?|openai|s3|sqs|sns|gcs|minio|flysystem|imap|web-?push|otlp|celery|dramatiq|rq|bullmq?|sidekiq|resque)(?:$|[./:_-])/i
/** Kits that build, test or measure programs. */
const TOOL_NAME =
  /opentelemetry|microsoft\.net|^net-smtp$|^android|mock|fake|test|compile|@types\//i

function isPartner(name: string, language: ImportLanguage): boolean {
  if (PARTNER_NAME.test(name) && !TOOL_NAME.test(name)) return true
  const snake = language === 'python' || language === 'rust'
  const module = snake ? name.toLowerCase().replaceAll('-', '_') : name
  const signal = IMPORT_SIGNALS[language].find(module)
  return signal !== null && OUTSIDE.has(signal)
}

/** A client that somebody else wrote carries the provider's name: `alek13/slack`, `pay-stripe`. */
const namesProvider = (name: string, catalog: Catalog) =>
  !TOOL_NAME.test(name) &&
  wordsIn(name.split(/[/:]/).at(-1) ?? '').some(
    (word) =>
      word.length > 4 &&
      !(WORDS.has(word) || TOOLS.has(word) || EVERYDAY.has(word)) &&
      ((isService(word) && !SHOWN.has(word)) || catalog.byName(word) !== null),
  )

/** Services of which packages mostly show something in a page. */
const SHOWN: ReadonlySet<string> = new Set(
  'youtube vimeo twitch recaptcha hcaptcha turnstile openstreetmap bluesky'.split(' '),
)

/** Names of makers whose build tools have versions too. */
const TOOLS: ReadonlySet<string> = new Set(['google', 'github', 'gitlab', 'aws', 'azure'])

/** A version that is named after a provider: `sentry-android = "7.14.0"`. */
function aliasHit(alias: string | null, line: CodeLine, catalog: Catalog): readonly Hit[] {
  if (alias === null) return []
  const [first = ''] = wordsIn(alias)
  const provider = WORDS.has(first) || TOOLS.has(first) ? null : catalog.byName(first)
  const bare = alias.replace(/[-_.]?version$/i, '')
  const speaks = PARTNER_NAME.test(bare) && !TOOL_NAME.test(bare)
  if (provider === null && !speaks) return []
  const detail = `version of ${alias}`
  return [hitAt(line, { signal: 'package', detail, weight: 0.65, reach: 'part', provider })]
}

/** A pom names group and artifact on lines of their own; the group alone is enough to know whose. */
function mavenProvider(name: string, catalog: Catalog): string | null {
  const plain = name.replace(/"\s*%%?\s*"/, ':')
  return (
    catalog.byPackage('maven', plain) ?? catalog.byImport('java', plain.split(':', 1)[0] ?? plain)
  )
}

import { type Term, termsOf } from '#core/filter/code-vocabulary'
import type { PathFacts } from '#core/filter/file-kind'
import type { Hit, Signal } from '#core/filter/hit'
import { hostHits } from '#core/filter/host-hits'
import { IMPORT_SIGNALS, IMPORT_WEIGHT } from '#core/filter/import-vocabulary'
import { importedPathWeight } from '#core/filter/path-hits'
import { importsOn } from '#core/filter/read-imports'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'
import type { ImportLanguage } from '#core/providers/provider'

/** Words beyond these on one line are not looked at: the line is data. */
const MAX_WORDS = 200

/** Everything that lines of code say, comments already taken away. One hit per signal and line. */
export function codeHits(
  lines: readonly CodeLine[],
  { language }: PathFacts,
  catalog: Catalog,
): readonly Hit[] {
  const hits: Hit[] = []
  for (const line of lines) {
    if (line.text.length < 4) continue
    if (language !== null) hits.push(...importHits(line, language, catalog))
    hits.push(...wordHits(line, catalog), ...hostHits(line, catalog), ...awsServiceHits(line))
  }
  return ownApiOnly(lines) ? hits.filter(({ signal }) => !HTTP.has(signal)) : hits
}

const MAY_IMPORT: Readonly<Record<ImportLanguage, RegExp>> = {
  js: /\b(?:import|require|from)\b/,
  python: /\bimport/,
  java: /^\s*import\s/,
  go: /"[\w./~-]+"\s*$/,
  ruby: /\brequire|\bgem\b|[A-Z]\w*(?:::|\.)|\bautoload/,
  php: /\buse\s|\bnew\s|::/,
  csharp: /\busing\s/,
  rust: /\buse\s|\bextern\s/,
}

function importHits(line: CodeLine, language: ImportLanguage, catalog: Catalog): readonly Hit[] {
  if (!MAY_IMPORT[language].test(line.text)) return []
  return importsOn(line.text, language).flatMap((module) =>
    importHit(line, module, language, catalog),
  )
}

function importHit(
  line: CodeLine,
  module: string,
  language: ImportLanguage,
  catalog: Catalog,
): readonly Hit[] {
  const { line: number, changed } = line
  const provider = catalog.byImport(language, module)
  if (provider !== null) {
    return [
      { signal: 'provider-sdk', detail: module, weight: 0.75, line: number, changed, provider },
    ]
  }
  const signal = IMPORT_SIGNALS[language].find(module)
  if (signal !== null) {
    const weight = IMPORT_WEIGHT[signal]
    return [{ signal, detail: `uses ${module}`, weight, line: number, changed, provider: null }]
  }
  const inner = importedPathWeight(
    language === 'python' ? module.replaceAll('.', '/') : module,
    catalog,
  )
  if (inner === null || language === 'ruby') return []
  const detail = `uses ${module}`
  return [{ ...inner, signal: 'imports-integration', detail, weight: 0.3, line: number, changed }]
}

const WORD = /[A-Za-z_][\w-]*/g

function wordHits(line: CodeLine, catalog: Catalog): readonly Hit[] {
  const best = new Map<string, Hit>()
  let words = 0
  for (const [word] of line.text.matchAll(WORD)) {
    words += 1
    if (words > MAX_WORDS) break
    for (const term of termsOf(word)) addTerm(best, term, word, line)
    if (word.includes('_') || word.includes('-')) addNamed(best, word, line, catalog)
  }
  return [...best.values()]
}

function addTerm(best: Map<string, Hit>, term: Term, word: string, line: CodeLine): void {
  if (term.needs && !term.needs.test(line.text)) return
  const weight = term.signal === 'webhook' && DEFINES.test(line.text) ? 0.5 : term.weight
  add(best, { signal: term.signal, detail: word, weight, provider: null }, line)
}

const DEFINES =
  /\b(?:class|def|func|fn|function|interface|struct|module|trait|type|record|object|enum)\s+[\w(*) ]*webhook|['"`][\w/{}:<>.-]*\/(?:web)?hooks?\b|webhooks?\/\w|\.on\(['"]webhook/i

/** Variables and headers: names that carry `_` or `-` and that a pack or custom gives a meaning. */
function addNamed(best: Map<string, Hit>, word: string, line: CodeLine, catalog: Catalog): void {
  const upper = /^[A-Z][A-Z0-9_]+$/.test(word)
  const header = upper ? word.replace(/^HTTP_/, '').replaceAll('_', '-') : word
  const owner = catalog.byHeader(header)
  if (owner !== null) {
    add(best, { signal: 'header', detail: word, weight: 0.55, provider: owner }, line)
  } else if (upper) {
    const provider = catalog.byEnv(word)
    const weight = envWeight(word, provider !== null)
    if (weight > 0) add(best, { signal: 'env-name', detail: word, weight, provider }, line)
  } else {
    const weight = genericHeader(header.toLowerCase())
    if (weight > 0) add(best, { signal: 'header', detail: word, weight, provider: null }, line)
  }
}

const CREDENTIAL =
  /_(?:API_?KEY|API_?TOKEN|API_?SECRET|CLIENT_?SECRET|CLIENT_?ID|ACCESS_?TOKEN|WEBHOOK_?SECRET|WEBHOOK_?URL|AUTH_?TOKEN|SECRET_?KEY|PRIVATE_?KEY|SIGNING_?SECRET|SIGNING_?KEY|ACCESS_?KEY(?:_ID)?|BOT_?TOKEN|ACCOUNT_?SID|TENANT_?ID|REFRESH_?TOKEN|PUBLISHABLE_?KEY|SECRET|TOKEN|KEY|API_?URL|BASE_?URL|ENDPOINT|DSN|BUCKET|QUEUE_?URL|TOPIC_?ARN|PASSWORD|HOST|DOMAIN|URL|REGION|APP_?ID)$/
/** Secrets and addresses of one's own application, database and cache. */
const OWN =
  /^(?:DJANGO_|SESSION_|JWT_|NEXTAUTH_|AUTH_|COOKIE_|CSRF_|ENCRYPTION_|RAILS_|FLASK_|DATABASE_|DB_|POSTGRES|PG|MYSQL|REDIS|MONGO|CACHE_|NEXT_PUBLIC_(?:APP|API|SITE|BASE|WEB|HOST)|VITE_|REACT_APP_API|APP_|SITE_|WEB_|BASE_|PUBLIC_|SERVER_|HTTP_|PRIMARY_|FOREIGN_|SORT_|CACHE|PARTITION_|NODE_|HASH_|MAP_|DICT_|LOCAL_)/

/** How much the name of a variable says: a provider's credential most, an unknown one less. */
export function envWeight(name: string, known: boolean): number {
  const credential = CREDENTIAL.test(name)
  if (known) return credential ? 0.45 : 0.2
  return credential && STRONG_CREDENTIAL.test(name) && !OWN.test(name) ? 0.3 : 0
}

const STRONG_CREDENTIAL =
  /_(?:API_?KEY|API_?TOKEN|API_?SECRET|CLIENT_?SECRET|WEBHOOK_?(?:SECRET|URL)|AUTH_?TOKEN|SIGNING_?(?:SECRET|KEY)|ACCESS_?TOKEN|BOT_?TOKEN|API_?URL|ACCESS_?KEY_ID|SECRET_ACCESS_KEY|QUEUE_?URL|TOPIC_?ARN)$/

function genericHeader(header: string): number {
  if (/^x-[\w-]{1,60}-(?:signature|hmac)(?:-\w+)?$/.test(header)) return 0.55
  if (header === 'idempotency-key' || header === 'x-idempotency-key') return 0.5
  if (header === 'retry-after' || header === 'x-ratelimit-remaining') return 0.35
  return header === 'x-api-key' ? 0.35 : 0
}

/** One SDK serves many services of AWS; the call that makes a client names which. */
const AWS_SERVICE =
  /\b(?:client|resource)\(\s*(?:service_name\s*=\s*)?['"](sqs|sns|s3)['"]|\bnew AWS\.(SQS|SNS|S3)\b|\bAws::(SQS|SNS|S3)\b/

function awsServiceHits(line: CodeLine): readonly Hit[] {
  const match = line.text.length > 5 ? AWS_SERVICE.exec(line.text) : null
  const service = match?.[1] ?? match?.[2] ?? match?.[3]
  if (service === undefined) return []
  const provider = `aws-${service.toLowerCase()}`
  const { line: number, changed } = line
  return [
    { signal: 'provider-sdk', detail: service, weight: 0.75, line: number, changed, provider },
  ]
}

const HTTP: ReadonlySet<Signal> = new Set<Signal>(['http-client', 'outbound-call'])
const RELATIVE_CALL =
  /\b(?:fetch|axios(?:\.\w+)?|\w*[aA]pi\.(?:get|post|put|patch|delete)|\$?http\.(?:get|post|put|patch|delete)|useSWR|\$fetch|ky(?:\.\w+)?)\s*(?:<[^>]{0,80}>)?\(\s*[`'"]\/(?!\/)/
const ABSOLUTE_CALL =
  /https?:\/\/(?!localhost)|\b[A-Z_]*API_?URL\b|baseU(?:RL|rl)|base_url|Bearer |new URL\(|\bfetch\s*\(\s*[a-zA-Z_]/

/** All calls go to paths without a host: the application's own front-end calling its own API. */
function ownApiOnly(lines: readonly CodeLine[]): boolean {
  const relative = lines.some(({ text }) => RELATIVE_CALL.test(text))
  return relative && !lines.some(({ text }) => ABSOLUTE_CALL.test(text))
}

function add(
  best: Map<string, Hit>,
  { signal, detail, weight, provider }: Omit<Hit, 'line' | 'changed'>,
  { line, changed }: CodeLine,
): void {
  const key = `${signal} ${detail}`
  const before = best.get(key)
  if (before === undefined || before.weight < weight) {
    best.set(key, { signal, detail, weight, line, changed, provider })
  }
}

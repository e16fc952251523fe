import { type Hit, hitAt, type Sight } from '#core/filter/hit'
import { IMPORT_SIGNALS, IMPORT_WEIGHT } from '#core/filter/import-vocabulary'
import { importedPathHit } from '#core/filter/path-hits'
import { importsOn } from '#core/filter/read-imports'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'
import type { Category, ImportLanguage } from '#core/providers/provider'

/** A line can only import when it holds this; most lines are passed over after one look. */
const MAY_IMPORT: Readonly<Record<ImportLanguage, RegExp>> = {
  js: /\b(?:import|require|from)\b/,
  python: /\bimport/,
  java: /^\s*import\s/,
  go: /"[\w./~-]+"\s*$/,
  ruby: /\brequire|\bgem\b|[A-Z]\w*(?:::|\.)|\bautoload/,
  php: /\buse\s|\bnew\s|::/,
  csharp: /\busing\s/,
  rust: /\buse\s|\bextern\s|[a-z0-9_]::/,
}

/** What only reports on the program itself says less of what a file is for. */
const CATEGORY_WEIGHT: Readonly<Partial<Record<Category, number>>> = {
  monitoring: 0.3,
  analytics: 0.5,
}
const SDK_WEIGHT = 0.75
/** A type tells what data looks like, not that somebody is called. */
const TYPE_ONLY = /^\s*import\s+type\b/
const TYPE_FACTOR = 0.5
/** What a provider publishes beside its client: pieces of editors, designs and linters. */
export const NO_CLIENT =
  /(?:^|[/.-])(?:lang|eslint|prettier|stylelint|icons?|theme|polaris|tailwind|tsconfig|codemirror)(?:$|[/.-])/i
/** Providers also keep a program's own cache and data; who uses that calls nobody. */
const OWN_STORE =
  /^@(?:vercel\/(?:kv|postgres|edge-config)|upstash\/(?:redis|ratelimit)|planetscale\/database|neondatabase\/serverless)\b|dynamo_?db|(?:^|[\s./:\\_-])(?:firestore|cosmos(?:db)?|bigtable|spanner|datastore|elasticache|documentdb|timestream|rds_?data)(?:$|[\s./:\\_v-])/i
/** What a client of HTTP hands about besides itself, where nothing else is taken. */
const ONLY_NAMES =
  /^\s*import\s+(?:type\s*)?\{\s*(?:(?:type\s+)?(?:HttpStatusCode|(?:is)?AxiosError|AxiosResponse|Code|ConnectError|HandlerContext|ConnectRouter|ServiceImpl)[\s,]{0,4}){1,5}\}\s*from\b/
/** Packages of a maker's that are shared by its programs: shapes, settings, pieces of pages. */
const SHARED_PACKAGE =
  /^@[\w-]{1,60}\/(?:shared|types?|utils?|constants?|config|ui|dal|testing|design-system|components?)$/
/** Values that a provider's SDK hands about, and what goes wrong with them. */
const SDK_VALUES =
  /^software\.amazon\.awssdk\.(?:core\.(?:SdkBytes|exception|pagination|util)|utils)\b|^botocore\.exceptions$/
/** A limit on one's own callers, and the sessions of one's own users. */
const OWN_USERS =
  /\bresilience4j\.ratelimiter\b|\bbucket4j\b|^allauth\.(?:account|mfa|usersessions|decorators|utils|core)\b|^better-auth\/(?:api|cookies|crypto|client|react|db|adapters)\b|^next-auth\/(?:jwt|react|next|middleware|adapters)\b/
/** What makers call the client of their own service. */
const SDK_NAME =
  /(?:^|[/._:\\-])sdk(?:$|[/._:\\-])|[a-z]S(?:dk|DK)\b|\b(?:api|rest)[-_]client\b|[-_/]api[-_](?:go|golang|js|node|php|ruby|python|java)\b/
const SDK_NAME_WEIGHT = 0.6
/** One's own modules, and kits that build or measure programs. */
const OTHER_SDK =
  /^(?:[.~#]|@\/)|opentelemetry|^android\.|microsoft\.net|^crate\b|^super\b|^self\b/i
const isSdk = (module: string) => SDK_NAME.test(module) && !OTHER_SDK.test(module)

/** Names of HTTP that a server needs as much as a client. */
const HTTP_NAMES =
  /(?:StatusCode|HttpStatus|HttpMethod|HttpHeaders|HeaderMap|HeaderName|HeaderValue|header|Method|Uri|Url|MediaType|Error|Result)$|::(?:headers?|Method|StatusCode)::|\bokhttp3\.(?:HttpUrl|Cookie|Headers|MediaType|logging)\b|\bhyper::(?:server|service|body|upgrade)\b|\bjavax\.net\.ssl\.SSLSession$/
/** What serving over RPC needs as well: its answers and what travels with them. */
const RPC_NAMES =
  /\bgrpc\/(?:codes|status|metadata|peer|reflection|health|encoding|keepalive|stats)\b|\bio\.grpc\.(?:Status\w*|Server\w*|BindableService|Context|Metadata|stub\.StreamObserver)$|\btonic::(?:Status|Code|Request|Response|transport::Server|service|codegen|async_trait)\b/
/** What other programs are offered by this one. */
const SERVES = /^@modelcontextprotocol\/sdk\/server\b/
/** One package for client and server; the line says which of them it takes. */
const BOTH_SIDES = /^hyper(?:_util)?(?:::)?$/
/** What a library keeps for its whole program is handed to all of it. */
const HANDED_AROUND = /::config(?:::|$)/
const INNER_WEIGHT = 0.25
const INNER_PROVIDER_WEIGHT = 0.3

/** What the modules say that a line of code uses: a provider's, a generic client, one of our own. */
export function importHits(
  line: CodeLine,
  language: ImportLanguage,
  catalog: Catalog,
): readonly Hit[] {
  if (!MAY_IMPORT[language].test(line.text)) return []
  return importsOn(line.text, language).flatMap((module) => {
    const hit = importHit(line, module, language, catalog)
    return hit === null ? [] : [hit]
  })
}

/** Whether who uses a module calls nobody by it, whoever made it. */
function callsNobody(text: string, module: string, language: ImportLanguage): boolean {
  if (NO_CLIENT.test(module) || OWN_USERS.test(module)) return true
  if (SDK_VALUES.test(module) || SERVES.test(module)) return true
  if (SHARED_PACKAGE.test(module) || ONLY_NAMES.test(text)) return true
  if (BOTH_SIDES.test(module) && !/client/i.test(text)) return true
  // Python names what it takes behind the package that it takes it from.
  return OWN_STORE.test(language === 'python' ? text : module)
}

function importHit(
  line: CodeLine,
  module: string,
  language: ImportLanguage,
  catalog: Catalog,
): Hit | null {
  if (callsNobody(line.text, module, language)) return null
  const provider = catalog.byImport(language, module)
  if (provider !== null) {
    const category = catalog.get(provider)?.category
    const full = (category && CATEGORY_WEIGHT[category]) ?? SDK_WEIGHT
    const weight = TYPE_ONLY.test(line.text) ? full * TYPE_FACTOR : full
    return hitAt(line, { signal: 'provider-sdk', detail: module, weight, reach: 'file', provider })
  }
  const sight = knownModule(module, language) ?? ownModule(module, language, catalog)
  if (sight === null) return null
  const weight = TYPE_ONLY.test(line.text) ? sight.weight * TYPE_FACTOR : sight.weight
  return hitAt(line, { ...sight, weight, detail: `uses ${module}` })
}

type Found = Omit<Sight, 'detail'>

/** A module that talks to other systems without belonging to one provider. */
function knownModule(module: string, language: ImportLanguage): Found | null {
  const signal = IMPORT_SIGNALS[language].find(module)
  if (signal === null) {
    return isSdk(module) ? { signal: 'sdk', weight: SDK_NAME_WEIGHT, reach: 'file' } : null
  }
  if (signal === 'http-client' && HTTP_NAMES.test(module)) return null
  if (signal === 'rpc-client' && RPC_NAMES.test(module)) return null
  if (language === 'rust' && HANDED_AROUND.test(module)) return null
  const reach = signal === 'token' || signal === 'signature' ? 'part' : 'file'
  return { signal, weight: IMPORT_WEIGHT[signal], reach }
}

/** One of one's own, by where it stands. */
function ownModule(module: string, language: ImportLanguage, catalog: Catalog): Found | null {
  // Ruby and PHP name constants everywhere; only a path tells where a module of one's own stands.
  if (language === 'ruby' || language === 'php') return null
  const inner = importedPathHit(module.replaceAll(/\.(?=\w)|::/g, '/'), catalog)
  if (inner === null) return null
  const { provider } = inner
  const weight = provider === null ? INNER_WEIGHT : INNER_PROVIDER_WEIGHT
  return { signal: 'imports-integration', weight, reach: 'part', provider }
}

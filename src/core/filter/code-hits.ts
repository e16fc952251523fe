import { builtClients } from '#core/filter/built-client'
import type { Term } from '#core/filter/call-vocabulary'
import { createVocabulary, wordsIn } from '#core/filter/code-vocabulary'
import { type Hit, hitAt, type Sight, type Signal } from '#core/filter/hit'
import { hostHits } from '#core/filter/host-hits'
import { importHits } from '#core/filter/import-hits'
import { importLists } from '#core/filter/import-lists'
import { routeHits } from '#core/filter/inbound-hits'
import { injectedClients } from '#core/filter/injected-client'
import { jointHits } from '#core/filter/joint-idioms'
import { isService } from '#core/filter/known-services'
import { idiomSights } from '#core/filter/line-idioms'
import { lineWords, namesOn } from '#core/filter/line-words'
import { nameSight, settingSight } from '#core/filter/name-hits'
import { WORDS } from '#core/filter/path-hits'
import type { CodeLine } from '#core/filter/read-lines'
import { isReport, isReportOn } from '#core/filter/reports'
import type { Catalog } from '#core/providers/catalog'
import type { ImportLanguage } from '#core/providers/provider'

/** Reads what lines of code say, comments already taken away. */
export type CodeReader = (
  lines: readonly CodeLine[],
  language: ImportLanguage | null,
) => readonly Hit[]

/** Lines that only name modules; their words would say the same a second time. */
const ONLY_IMPORTS =
  /^\s*(?:import\b|package\s|namespace\s|from\s+[\w.]+\s+import\b|export\s.{0,200}\bfrom\b|use\s|using\s|extern\s+crate|require|\}\s*from\s|(?:const|let|var)\s.{1,200}=\s*require\()/

/** A name in quotes is a key or a field of what is sent, but it may as well be a label. */
const QUOTED = 0.6

/** One reader serves one selection: it remembers the words it has looked up. */
export function createCodeReader(catalog: Catalog): CodeReader {
  const termsOf = createVocabulary()
  return (read, language) => {
    const { lines, inner } = importLists(read, language)
    const onLines = lines.flatMap((line) => {
      if (line.text.length < 4) return []
      if (inner.has(line)) return modulesOn(line, language, catalog)
      return lineHits(line, language, catalog, termsOf)
    })
    const hits = [
      ...onLines,
      ...builtClients(lines),
      ...routeHits(lines, language),
      ...jointHits(lines),
    ]
    const others = hits.filter(inContext(lines))
    const calls = others.some(({ signal }) => HTTP.has(signal))
    return calls && ownApiOnly(lines) ? others.filter(({ signal }) => !HTTP.has(signal)) : others
  }
}

function lineHits(
  line: CodeLine,
  language: ImportLanguage | null,
  catalog: Catalog,
  termsOf: (word: string) => readonly Term[],
): readonly Hit[] {
  const modules = modulesOn(line, language, catalog)
  if (ONLY_IMPORTS.test(line.text)) return modules
  const terms = lineWords(line.text, language).flatMap(({ text, quoted }) =>
    termsOf(text)
      .filter((term) => fits(term, line.text, language))
      .map((term) => termSight(term, text, line.text))
      .map((sight) => (quoted ? { ...sight, weight: sight.weight * QUOTED } : sight)),
  )
  const names = namesOn(line.text).flatMap((word) => nameSight(word, catalog) ?? [])
  const sights = [
    ...terms,
    ...names,
    ...(line.changed ? namedPartner(line.text, language, catalog) : []),
    ...awsSights(line.text),
    ...clientCalls(line.text, catalog),
    ...constructedClient(line.text),
    ...startedSdk(line.text, catalog),
    ...idiomSights(line.text, language),
    ...settingSight(line.text),
    ...oauthMetadata(line.text),
  ].filter((sight) => !isOwnPace(sight) || !ANSWERS.test(line.text))
  return [
    ...modules,
    ...sights.map((sight) => hitAt(line, sight)),
    ...hostHits(line, catalog),
    ...injectedClients(line),
  ]
}

function modulesOn(
  line: CodeLine,
  language: ImportLanguage | null,
  catalog: Catalog,
): readonly Hit[] {
  const found = language === null ? [] : importHits(line, language, catalog)
  return found.filter(({ provider }) => !isReportOn(line.text, provider, catalog))
}

const fits = ({ needs, only }: Term, text: string, language: ImportLanguage | null) =>
  (only === undefined || only === language) && (needs === undefined || needs.test(text))

/** A webhook that is defined or routed here is more than one that is mentioned. */
const DEFINES_WEBHOOK =
  /\b(?:class|def|func|fn|function|interface|struct|module|trait|type|record|object|enum)\s+[\w(*) ]{0,80}webhook|\.(?:post|all|use|route|mount|HandleFunc|Handle|MapPost)\(\s*['"`][^'"`]{0,80}hooks?\b|\bpost\s*\(?['"]\S{0,60}webhook|@\w{1,30}\(\s*['"][^'"]{0,80}webhook|\bpath\(\s*r?['"][^'"]{0,60}webhook/i

function termSight({ signal, weight, reach }: Term, word: string, text: string): Sight {
  return signal === 'webhook' && DEFINES_WEBHOOK.test(text)
    ? { signal, detail: word, weight: 0.55, reach: 'part' }
    : { signal, detail: word, weight, reach: reach ?? 'word' }
}

/** A server that tells its own callers to slow down waits for nobody itself. */
const ANSWERS =
  /\.Header\(\)\.(?:Set|Add)\(|\bset_?header\s*\(|\bres(?:ponse|p|ult)?\.(?:set|header|headers|append)\b|\bTooManyRequests\b|\badd_header\b/i
const isOwnPace = ({ detail }: Sight) => /^retry.?after$/i.test(detail)

const NAMED_WEIGHT = 0.28

/** A name in a changed line that holds a provider's, as `firebaseSubscriber` does. */
function namedPartner(
  text: string,
  language: ImportLanguage | null,
  catalog: Catalog,
): readonly Sight[] {
  for (const { text: name, quoted } of lineWords(text, language)) {
    const words = quoted || name.length > MAX_NAME ? [] : wordsIn(name)
    // Alone it is as often a word of the language; beside another it names a thing of the provider's.
    if (words.length < 2 || OWN_SWITCH.test(words.at(-1) ?? '')) continue
    const word = words.find((one, at) => isPartner(one, words[at + 1], catalog))
    if (word === undefined) continue
    const provider = catalog.byName(word)
    const weight = NAMED_WEIGHT
    return [{ signal: 'provider-sdk', detail: `names ${name}`, weight, reach: 'word', provider }]
  }
  return []
}
const MAX_NAME = 80

/** What one keeps and shows of a service is data of one's own: `tmdbId`, `FacebookLink`. */
const OF_OWN_DATA =
  /^(?:ids?|links?|icons?|logos?|urls?|handles?|profiles?|usernames?|pages?|labels?|buttons?)$/

/** Switches of one's own, and what is written down about a partner, whatever it is about. */
const OWN_SWITCH = /^(?:enabled?|disabled?|features?|flags?|toggles?|visible|hidden|ids?)$/

const isPartner = (word: string, next: string | undefined, catalog: Catalog) =>
  !OF_OWN_DATA.test(next ?? '') &&
  (isService(word) || (word.length > 3 && !WORDS.has(word) && catalog.byName(word) !== null))

/** Starting a provider's library is what this line is for: `SentryAndroid.init(`. */
const START = /\b([A-Z]\w{1,40})\.(?:init|initialize|initializeApp|setup|start)\s*[({]/

function startedSdk(text: string, catalog: Catalog): readonly Sight[] {
  const root = START.exec(text)?.[1]
  const [first = ''] = root === undefined ? [] : wordsIn(root)
  const provider = first.length < 3 || WORDS.has(first) ? null : catalog.byName(first)
  if (provider === null) return []
  const detail = `starts ${root}`
  return [{ signal: 'provider-sdk', detail, weight: 0.55, reach: 'part', provider }]
}

/** Where servers of OAuth and OpenID say how they are used. */
const METADATA =
  /\boauth[-.]protected-resource\b|\boauth[-.]authorization-server\b|\boauth\.well-known\b|\.well-known\/(?:oauth|openid)/

function oauthMetadata(text: string): readonly Sight[] {
  const found =
    text.includes('oauth') || text.includes('well-known') ? METADATA.exec(text)?.[0] : undefined
  return found === undefined ? [] : [{ signal: 'oauth', detail: found, weight: 0.5, reach: 'part' }]
}

/** One SDK serves many services of AWS; the call that makes a client names which. */
const AWS_SERVICE =
  /\b(?:client|resource)\(\s*(?:service_name\s*=\s*)?['"](sqs|sns|s3)['"]|\bnew AWS\.(SQS|SNS|S3)\b|\bAws::(SQS|SNS|S3)\b/

function awsSights(text: string): readonly Sight[] {
  const match = AWS_SERVICE.exec(text)
  const service = match?.[1] ?? match?.[2] ?? match?.[3]
  if (service === undefined) return []
  const provider = `aws-${service.toLowerCase()}`
  return [{ signal: 'provider-sdk', detail: service, weight: 0.75, reach: 'file', provider }]
}

const CALL = /(?<![\w.$])([A-Za-z]\w{2,40})((?:\.\w{1,60}){1,4})\(/g
const CLIENT_CALL_WEIGHT = 0.4
/** Snowflakes are also a way to make ids. */
const MAKES_ID = /^snowflake\.(?:id|next|generate|new|create|parse|timestamp|to_?)/i

/** A call through a client that carries a provider's name, wherever it was made: `stripe.refunds.create(`. */
function clientCalls(text: string, catalog: Catalog): readonly Sight[] {
  if (!text.includes('(')) return []
  return [...text.matchAll(CALL)].flatMap(([, root = '', path = '']) => {
    const name = root.replace(/(?:Client|_client)$/, '')
    const provider = WORDS.has(root.toLowerCase()) ? null : catalog.byName(name)
    if (provider === null || isReport(provider, path, catalog)) return []
    if (MAKES_ID.test(root + path)) return []
    const detail = `calls ${root}${path}`
    return [{ signal: 'provider-sdk', detail, weight: CLIENT_CALL_WEIGHT, reach: 'part', provider }]
  })
}

/** Clients of the program's own parts: its database, its cache, its data layer, its tests. */
const OWN_CLIENT =
  /^(?:Query|Test|Prisma|Redis|Mongo|Db|DB|Sql|Pg|Database|Cache|Thin|Rich|Web)?Client$/
const CONSTRUCTION = /(?:\bnew\s+|(?<![\w.]))([A-Z]\w{1,40}Client)\s*\(/
const DECLARATION = /\b(?:class|interface|struct|def|func|function|type|fn)\b/

/** A client of a named system that is made here: `TikaClient(`, `new BillingClient(`. */
function constructedClient(text: string): readonly Sight[] {
  const name = CONSTRUCTION.exec(text)?.[1]
  if (name === undefined || OWN_CLIENT.test(name) || DECLARATION.test(text)) return signedIn(text)
  return [{ signal: 'outbound-call', detail: `makes a ${name}`, weight: 0.25, reach: 'part' }]
}

/** A client in Go that is given what signs in to somebody else's system. */
const SIGNED_IN =
  /(?<!\bfunc\s{1,4})\b((?:\w{1,40}\.)?New\w{0,40}(?:API|Client|Connection|Identity))\([^()]{0,120}\b\w{0,30}(?:[pP]assword|[tT]oken|[sS]ecret|[aA]piKey|APIKey)\b/

function signedIn(text: string): readonly Sight[] {
  const name = text.includes('New') ? SIGNED_IN.exec(text)?.[1] : undefined
  if (name === undefined || /redis|mongo|sql|postgres|cache/i.test(name)) return []
  return [{ signal: 'outbound-call', detail: `signs in by ${name}`, weight: 0.46, reach: 'file' }]
}

/** Code that accepts sockets serves the program's own clients. */
const SERVES_SOCKET =
  /\bWebSocketServer\b|\bws\.Server\b|\bwebsocket\.Upgrader\b|\bWebSocketUpgrade\b|\brocket_ws\b|\baccept_(?:hdr_)?async\b|\bTextWebSocketHandler\b|\bAcceptWebSocketAsync\b|\bsocketio\.(?:Async)?Server\b/
const SOCKET = /websocket|tungstenite|(?:^|[\s/])ws$/i
/** Code that answers calls over RPC, and what only the calling side needs. */
const SERVES_RPC =
  /\w{1,60}ImplBase\b|\bBindableService\b|@GrpcService\b|\bUnimplemented\w{1,60}Server\b|\bRegister\w{1,60}Server\(|\b\w{1,60}Servicer\b|#\[tonic::async_trait\]|\btonic::transport::Server\b|\bServerCallContext\b|\bextends\s+Simple\w{1,60}Grpc\.|\bgrpc\.NewServer\(|\bGRPC::(?:GenericService|RpcServer)\b/
const CALLS_RPC =
  /\bnew\w{0,30}Stub\(|\bManagedChannel|\bgrpc\.(?:Dial|NewClient|DialContext|insecure_channel|secure_channel|aio\.(?:in)?secure_channel)\b|\w{1,60}Stub(?:\.new)?\(|\bGrpcChannel\b|_client::\w{1,60}Client\b/
const RPC = /grpc|tonic|connectrpc|protobuf/i
/** Code that is itself the directory that others ask. */
export const SERVES_LDAP =
  /\bldap3_proto\b|\bldapserver\b|\bldap\.NewServer\b|\bldapjs\b.{0,20}createServer|\bInMemoryDirectoryServer\b|\bldaptor\.protocols\.ldap\.ldapserver\b/
/** Code that reads specifications knows all their words and speaks to nobody. */
const READS_SPECIFICATION =
  /['"](?:openapi-types|swagger-parser|@apidevtools\/swagger-parser|@scalar\/openapi-parser)['"]|\bio\.swagger\.v3\.|\bMicrosoft\.OpenApi\b|\bSwashbuckle\b|\bNSwag\b|\bspringdoc\b|\b(?:from|import)\s+drf_(?:spectacular|yasg)\b|kin-openapi|\bopenapiv3::/
const SPECIFIED: ReadonlySet<Signal> = new Set<Signal>(['oauth', 'credentials', 'token'])

/** Code that slows down the program's own callers names what they may call. */
const LIMITS_CALLERS = /\bRack::Attack\b|['"]express-rate-limit['"]|\bslowapi\b/
const NAMED_IN_LIMITS: ReadonlySet<Signal> = new Set<Signal>([
  'credentials',
  'env-name',
  'resilience',
  'token',
  'webhook',
])

/** Which hits still hold in the light of what the rest of the file does. */
function inContext(lines: readonly CodeLine[]): (hit: Hit) => boolean {
  const has = (pattern: RegExp) => lines.some(({ text }) => pattern.test(text))
  const serves = has(SERVES_SOCKET)
  const answers = has(SERVES_RPC) && !has(CALLS_RPC)
  const specifies = has(READS_SPECIFICATION)
  const limits = has(LIMITS_CALLERS)
  const directory = has(SERVES_LDAP)
  return ({ signal, detail }) =>
    !(limits && NAMED_IN_LIMITS.has(signal)) &&
    !(serves && signal === 'rpc-client' && SOCKET.test(detail)) &&
    !(directory && /ldap/i.test(detail)) &&
    !(answers && signal === 'rpc-client' && RPC.test(detail)) &&
    !(specifies && SPECIFIED.has(signal))
}

const HTTP: ReadonlySet<Signal> = new Set<Signal>(['http-client', 'outbound-call'])
const RELATIVE_CALL =
  /\b(?:fetch|axios(?:\.\w+)?|\w{0,40}[aA]pi\.(?:get|post|put|patch|delete)|\$?http\.(?:get|post|put|patch|delete)|useSWR|\$fetch|ky(?:\.\w+)?)\s*(?:<[^>]{0,80}>)?\(\s*[`'"]\/(?!\/)/
const ABSOLUTE_CALL =
  /https?:\/\/(?!localhost)|\b[A-Z_]{0,60}API_?URL\b|baseU(?:RL|rl)|base_url|Bearer |new URL\(|\bfetch\s*\(\s*[a-zA-Z_]/

/** All calls go to paths without a host: the application's own front-end calling its own API. */
function ownApiOnly(lines: readonly CodeLine[]): boolean {
  const relative = lines.some(({ text }) => RELATIVE_CALL.test(text))
  return relative && !lines.some(({ text }) => ABSOLUTE_CALL.test(text))
}

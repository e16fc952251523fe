import { wordsIn } from '#core/filter/code-vocabulary'
import type { Hit } from '#core/filter/hit'
import { isService } from '#core/filter/known-services'
import type { Catalog } from '#core/providers/catalog'

/** Names of folders that hold nothing but integrations. */
const FOLDERS: ReadonlyMap<string, number> = weights({
  integrations: 0.55,
  integration: 0.45,
  connectors: 0.55,
  connector: 0.5,
  webhooks: 0.6,
  webhook: 0.6,
  oauth: 0.5,
  oauth2: 0.5,
  saml: 0.5,
  oidc: 0.5,
  sso: 0.45,
  gateways: 0.45,
  'app-store': 0.45,
  appstore: 0.4,
  apiclient: 0.45,
  apiclients: 0.45,
  clients: 0.3,
  adapters: 0.25,
  external: 0.25,
  thirdparty: 0.3,
  importers: 0.2,
  exporters: 0.3,
  credentials: 0.45,
  sinks: 0.35,
  destinations: 0.4,
  sources: 0.1,
  channels: 0.15,
  notifiers: 0.45,
  notifications: 0.15,
  payments: 0.2,
  payment: 0.2,
  mailers: 0.2,
  email: 0.25,
  mail: 0.25,
  mailing: 0.25,
  mailer: 0.3,
  consumers: 0.25,
  producers: 0.25,
  publishers: 0.25,
  subscribers: 0.25,
  idp: 0.45,
  hooks: 0.35,
  gcm: 0.5,
  fcm: 0.5,
  apns: 0.5,
  'identity-provider': 0.45,
  notificators: 0.45,
  notifier: 0.45,
  notify: 0.25,
  senders: 0.35,
  forwarders: 0.45,
  forward: 0.2,
  geocoders: 0.45,
  geocoder: 0.45,
  crawlers: 0.46,
  scrapers: 0.46,
  fetchers: 0.45,
  fetcher: 0.45,
  transports: 0.3,
  federation: 0.45,
  activitypub: 0.5,
  apub: 0.5,
  ldap: 0.5,
  smtp: 0.45,
  imap: 0.45,
  mqtt: 0.5,
  kafka: 0.5,
  remote: 0.2,
  upstream: 0.2,
  openapi: 0.5,
  asyncapi: 0.5,
})

/** Words in a file's own name. */
const NAMES: ReadonlyMap<string, number> = weights({
  webhook: 0.6,
  webhooks: 0.6,
  oauth: 0.5,
  oauth2: 0.5,
  oidc: 0.5,
  saml: 0.5,
  sso: 0.4,
  openid: 0.4,
  scim: 0.45,
  idempotency: 0.5,
  ssrf: 0.55,
  egress: 0.35,
  backoff: 0.5,
  retry: 0.35,
  hmac: 0.4,
  credential: 0.4,
  credentials: 0.4,
  connector: 0.35,
  integration: 0.4,
  integrations: 0.4,
  gateway: 0.25,
  adapter: 0.25,
  client: 0.2,
  sqs: 0.5,
  sns: 0.5,
  s3: 0.45,
  kafka: 0.5,
  rabbitmq: 0.5,
  pubsub: 0.35,
  smtp: 0.45,
  imap: 0.45,
  ldap: 0.45,
  sms: 0.35,
  sync: 0.25,
  importer: 0.2,
  exporter: 0.2,
  notifier: 0.25,
  mailer: 0.46,
  consumer: 0.25,
  crawler: 0.46,
  downloader: 0.46,
  scraper: 0.46,
  producer: 0.25,
  publisher: 0.2,
  outbox: 0.4,
  ipn: 0.45,
  keychain: 0.3,
  saml2: 0.5,
  mqtt: 0.5,
  amqp: 0.5,
  activitypub: 0.5,
  webfinger: 0.5,
  federation: 0.3,
  notificator: 0.25,
  forwarder: 0.3,
  geocoder: 0.45,
  fetcher: 0.3,
  transport: 0.2,
  telemetry: 0.25,
})

const PAIRS: ReadonlyMap<string, number> = weights({
  'circuit breaker': 0.6,
  'http client': 0.5,
  'rpc client': 0.5,
  'json rpc': 0.4,
  'api client': 0.5,
  'rest client': 0.5,
  'api key': 0.35,
  'api keys': 0.35,
  'api token': 0.35,
  'access token': 0.3,
  'payment gateway': 0.45,
  'rate limit': 0.1,
  'key store': 0.3,
  'client cert': 0.45,
  'refresh token': 0.45,
  'token manager': 0.35,
  'token issuer': 0.45,
  'token provider': 0.35,
  'app store': 0.45,
  'callback controller': 0.46,
  'api tokens': 0.35,
})

/** What a longer word may begin with: `oauthable`, `webhookable`. */
const STEM = /^(?:oauth|webhook)/

/** Provider names that name tools and parts of programs too; as a name of code they say less. */
export const EVERYDAY: ReadonlySet<string> = new Set(
  'google aws azure github gitlab firebase supabase sentry algolia s3 sns sqs discord facebook twitter linkedin spotify cloudflare messenger intuit'.split(
    ' ',
  ),
)

/** Provider names that are words of every language; as a name of code they say nothing. */
export const WORDS: ReadonlySet<string> = new Set(
  [
    'ably airship apollo apple ashby attentive base block bolt box branch brex buffer chain',
    'checkout clay clerk close clover copper customer customerio deel dhl drift event events',
    'expensify expo figma fly front frontapp gem greenhouse gusto harvest heap intercom',
    'iterable lever lightspeed line linear loops matrix mercury messenger meta mode monday',
    'mux nice notion order outreach paddle plain pusher ramp render request resend route sage',
    'sap segment ship signal source split square stream sumup tink toast trigger unit ups',
    'vault wave webpush wire wise work workable yield zoom',
  ]
    .join(' ')
    .split(' '),
)

/** In these languages hooks are parts of a front-end; elsewhere they are called from outside. */
const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|sh)$/

/** Frameworks keep the settings of one matter in one file; these matters are other systems. */
const TOPIC =
  /(?:^|\/)config\/(?:initializers\/|packages\/|autoload\/)?(mail|mailer|smtp(?:_settings)?|passport|ldap|omniauth|doorkeeper|messenger|notifier)\.\w+$/i

/** Among tests, `integration` names a kind of test. */
const KIND_OF_TEST = /^integrations?$/i
const TESTS = /(?:^|[/_.-])(?:tests?|specs?|__tests__|e2e)(?:$|[/_.-])/i

/** A file's name without its endings, and without the kind of test that it is. */
function plainName(name: string): string {
  const bare = name.replace(/\.[\w.]+$/, '')
  return TESTS.test(name) ? bare.replace(/integration/i, '') : bare
}

/** What a file's path says. Dot folders such as `.github` name tools, not integrations. */
export function pathHits(path: string, catalog: Catalog): readonly Hit[] {
  const segments = path.split('/').filter((segment) => !segment.startsWith('.'))
  const name = segments.pop() ?? ''
  const hits = segments
    .filter((segment) => segment !== 'hooks' || !SCRIPT.test(name))
    .filter((segment) => !(KIND_OF_TEST.test(segment) && TESTS.test(path)))
    .flatMap((segment) => folderHits(segment, catalog))
  const topic = TOPIC.exec(path)?.[1]
  const settings = topic === undefined ? [] : [hit(`settings of ${topic}`, 0.5, null)]
  return [...hits, ...settings, ...nameHits(plainName(name), catalog)]
}

/** What a module's own path says about the file that imports it, as in `../lib/stripe-client`. */
export function importedPathHit(specifier: string, catalog: Catalog): Hit | null {
  const hits = pathHits(specifier, catalog)
  const best = hits.reduce<Hit | null>((a, b) => (a && a.weight >= b.weight ? a : b), null)
  return best && best.weight >= 0.35 ? best : null
}

function folderHits(segment: string, catalog: Catalog): readonly Hit[] {
  const weight = folderWeight(segment)
  const named = weight === undefined ? [] : [hit(`folder ${segment}`, weight, null)]
  const provider = providerHit(segment, catalog, 0.9)
  return provider ? [...named, provider] : named
}

/** Folders of .NET and of the JVM name a whole project in dotted parts: `Acme.Integrations.Crm`. */
function folderWeight(segment: string): number | undefined {
  const weights = [segment, ...(segment.includes('.') ? segment.split('.') : [])].flatMap(
    (part) => {
      const lower = part.toLowerCase()
      return FOLDERS.get(lower) ?? FOLDERS.get(lower.replaceAll(/[-_]/g, '')) ?? []
    },
  )
  const named = CLIENT_PROJECT.test(segment) ? [...weights, CLIENT_PROJECT_WEIGHT] : weights
  return named.length === 0 ? undefined : Math.max(...named)
}
/** A project for the API of somebody else: `Acme.Api.Plex`; `Acme.Api` alone is one's own. */
const CLIENT_PROJECT =
  /\.(?:Api|Client|Clients|Gateway)\.(?!V\d|Controllers?\b|Web\b|Filters?\b|Endpoints?\b|Extensions\b|Middlewares?\b|Dtos?\b|Infrastructure\b|Tests?\b|Models?\b|Contracts?\b|Core\b|Common\b|Host\b|Service\b|Domain\b|Shared\b)[A-Z]\w+|\.(?!Web|Public|Rest|Admin|Http|Core|Open|Internal|Server|Management|Host)[A-Z][a-z]\w{2,40}(?:Api|Client)$/
const CLIENT_PROJECT_WEIGHT = 0.48

function nameHits(name: string, catalog: Catalog): readonly Hit[] {
  const words = wordsIn(name)
  const singles = words.flatMap((word) => {
    const weight = NAMES.get(word) ?? NAMES.get(STEM.exec(word)?.[0] ?? '')
    return weight === undefined ? [] : [hit(`named ${name}`, weight, null)]
  })
  const pairs = words.flatMap((word, index) => {
    const weight = PAIRS.get(`${word} ${words[index + 1]}`)
    return weight === undefined ? [] : [hit(`named ${name}`, weight, null)]
  })
  const provider = providerHit(name, catalog, 1)
  return [...singles, ...pairs, ...(provider ? [provider] : [])]
}

const SERVICE = 0.4

/** A provider's name, whole or as one or two of the words of a name. */
function providerHit(name: string, catalog: Catalog, factor: number): Hit | null {
  const words = wordsIn(name)
  const candidates = [
    name,
    ...words,
    ...words.map((word, index) => word + (words[index + 1] ?? '')),
  ]
  for (const word of candidates) {
    const known = word.length > 1 && !WORDS.has(word.toLowerCase())
    const id = known ? catalog.byName(word) : null
    if (id !== null) {
      const weight = EVERYDAY.has(word.toLowerCase()) ? 0.35 : 0.45
      return hit(`${name} names ${id}`, weight * factor, id)
    }
  }
  const service = candidates.find(isService)?.toLowerCase()
  return service === undefined ? null : hit(`${name} names ${service}`, SERVICE * factor, null)
}

function hit(detail: string, weight: number, provider: string | null): Hit {
  return { signal: 'path', detail, weight, reach: 'file', line: null, changed: false, provider }
}

function weights(entries: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(Object.entries(entries))
}

import { wordsIn } from '#core/filter/code-vocabulary'
import type { Hit } from '#core/filter/hit'
import { isService } from '#core/filter/known-services'
import { FOLDERS, NAMES, PAIRS } from '#core/filter/path-vocabulary'
import type { Catalog } from '#core/providers/catalog'

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
    'sap segment ship signal source split square statuspage stream sumup tink toast trigger unit ups',
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
  const provider = providerHit(segment, catalog, SERVES_ONE.test(segment) ? 1 : 0.9)
  return provider ? [...named, provider] : named
}

/** A folder for all that is done with one partner: `stripe_cardholder_service`, `SlackClient`. */
const SERVES_ONE =
  /(?:[a-z]|[-_])(?:service|client|gateway|provider|integration|adapter|connector|sync)s?$/i

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
  const provider = providerHit(name, catalog, servesOwnRows(words) ? OWN_ROWS : 1)
  return [...singles, ...pairs, ...(provider ? [provider] : [])]
}

/** A controller of one's own rows that are named after a partner: `stripe_cards_controller`. */
const OWN_ROWS = 0.6
const CALLS_BACK =
  /^(?:webhooks?|hooks?|callbacks?|oauth2?|auth|connect|connections?|events?|ipn|notifications?|login|sso|install|api|payments?|integrations?|settings?|sync)$/
const servesOwnRows = (words: readonly string[]) =>
  words.length > 2 && words.at(-1) === 'controller' && !words.some((word) => CALLS_BACK.test(word))

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

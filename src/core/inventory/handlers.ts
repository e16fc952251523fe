import type { Fact } from '#core/facts/fact'
import type { Catalog } from '#core/providers/catalog'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A function that another system calls: a webhook, or the way back of an OAuth login. */
export interface Handler {
  readonly fact: Fact
  readonly direction: 'inbound-webhook' | 'oauth'
  /** `POST /webhooks/stripe`, or the function's name. */
  readonly label: string
  /** Words by which its provider may be named: route, function, file. */
  readonly words: string
  /** The handler's own text, for headers and hosts. */
  readonly text: string
}

const WEBHOOK = /web-?_?hooks?|(?:^|[^a-z])(?:hooks?|ipn)(?:[^a-z]|$)/i
const OAUTH =
  /o-?auth2?|openid|oidc|saml|(?:^|[^a-z])sso(?:[^a-z]|$)|auth\/[^/]{0,40}\/?callback|(?:sign|log)in\/[^/]{1,30}\/callback/i
/** Routes by which people keep webhooks and settings of their own; nobody delivers anything there. */
const MANAGED =
  /hook-?_?(?:subscription|setting|config|event-?type|deliver|log)|hooks?[./](?:create|list|index|show|edit|update|delete|destroy|new|info|settings|test|\{?:?(?:id|uuid|webhook)\w*\}?)\b|[[{:<]\s*webhook|hooks\/?$|\b(?:list|create|update|delete|get|show|edit|store|destroy|index|test)_?web_?hooks?\b|webhook_?s?controller/i
/** Where the application itself is the one that others log in with. */
const OWN_LOGIN =
  /well-known|jwks|userinfo|introspect|revoke|\/(?:token|register|consent|device)\/?$/i
/** What only a receiver does. */
const CHECKS_SENDER =
  /signature|hmac|construct_?event|timing_?safe|compare_digest|secure_compare|verify_?webhook|x-[\w-]*-event/i
const READS = /^(?:get|GetMapping|HttpGet|Get|MapGet|head|options|use)$/i
/** Nobody delivers by these. */
const REPLACES = /put|patch|delete|resources?|mount/i
/** A function that is longer than this is looked at in its beginning. */
const MAX_TEXT = 20_000
const MAX_HANDLERS = 1_000

/** The handlers of a file that other systems call, as far as a route's words tell. */
export function handlersOf(file: CodeFile, catalog: Catalog): readonly Handler[] {
  return factsOf(file, 'route-handler')
    .flatMap((fact) => handlerOf(file, fact, catalog))
    .slice(0, MAX_HANDLERS)
}

function handlerOf(file: CodeFile, fact: Fact, catalog: Catalog): readonly Handler[] {
  const { captures } = fact
  const method = captures['method'] ?? ''
  const name = captures['name'] ?? ''
  const route = routeOf(file.path, fact)
  if (route === null) return []
  const plain = /^[\w.]{1,80}$/.test(name) ? name : ''
  const text = file.text.slice(fact.start, Math.min(fact.end, fact.start + MAX_TEXT))
  const direction = directionOf({ route, name: plain, method, text }, file, catalog)
  if (direction === null) return []
  const label = route === '' ? name || 'handler' : `${verbOf(method)}${route}`
  return [{ fact, direction, label, words: `${route} ${plain}`.trim(), text }]
}

/** The route that a handler is mounted at; of a function that a file exports, by the file's path. */
function routeOf(path: string, { captures }: Fact): string | null {
  if (captures['form'] === 'exported' || captures['form'] === 'default') {
    const folder =
      /(?:^|\/)(?:app|pages)\/(.*?)(?:\/route)?\.\w+$/.exec(path)?.[1] ??
      /(?:^|\/)([^/]+(?:\/[^/]+){0,3})\/route\.\w+$/.exec(path)?.[1]
    if (folder === undefined || (captures['form'] === 'default' && !folder.startsWith('api/')))
      return null
    return `/${folder.replaceAll(/\([^)]*\)\//g, '')}`
  }
  const parts = [captures['prefix'], captures['path']].map((part) =>
    (part ?? '').replace(/^[rfb]?["'`]|["'`]$/g, ''),
  )
  return parts
    .filter((part) => part !== '')
    .join('/')
    .replaceAll('//', '/')
}

/** What decides which way a route goes. */
interface Route {
  readonly route: string
  /** The function's name, where it is more than an expression. */
  readonly name: string
  readonly method: string
  readonly text: string
}

function directionOf(
  { route, name, method, text }: Route,
  file: CodeFile,
  catalog: Catalog,
): Handler['direction'] | null {
  const words = `${route} ${name}`
  const managed = MANAGED.test(route) || MANAGED.test(name)
  if (REPLACES.test(method)) return null
  const isLogin =
    OAUTH.test(words) || (/callback\/?$/i.test(route) && namesProvider(route, catalog))
  if (isLogin && !managed && !OWN_LOGIN.test(route)) return 'oauth'
  const base = file.path.slice(file.path.lastIndexOf('/') + 1)
  if (READS.test(method)) return null
  if (!WEBHOOK.test(`${words} ${base}`)) {
    return readsSignature(text, catalog) ? 'inbound-webhook' : null
  }
  if (!managed || namesProvider(route, catalog)) return 'inbound-webhook'
  // `POST /webhooks` may receive one or create one: a look at the sender's signature decides.
  const shown = text.length > 400 ? text : file.text.slice(0, MAX_TEXT)
  return CHECKS_SENDER.test(shown) ? 'inbound-webhook' : null
}

/** Whether a text names the header in which a provider signs what it sends. */
function readsSignature(text: string, catalog: Catalog): boolean {
  return [...text.matchAll(/["'`]([A-Za-z][\w-]{8,60})["'`]/g)].some(([, word = '']) => {
    const owner = catalog.byHeader(word)
    const header = owner === null ? undefined : catalog.facts(owner).webhooks?.header?.value
    return header?.toLowerCase() === word.toLowerCase()
  })
}

const namesProvider = (route: string, catalog: Catalog) =>
  route.split(/[^A-Za-z0-9]+/).some((word) => word.length > 2 && catalog.byName(word) !== null)

/** `POST ` of `post`, `PostMapping`, `HttpPost`, `MapPost`; nothing of `HandleFunc`. */
function verbOf(method: string): string {
  const verb = /(get|post|put|patch|delete)/i.exec(method)?.[1]
  return verb === undefined ? '' : `${verb.toUpperCase()} `
}

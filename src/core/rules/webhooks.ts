import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, factsOf, isPython, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { importsOf, packageOf } from '#core/rules/imports'
import type { View } from '#core/rules/observation'
import type { ProviderFacts } from '#core/rules/provider-knowledge'
import { reachedFrom, textOf } from '#core/rules/reach'
import { ACTS_ON_EVENT, SHOP_TOPIC } from '#core/rules/webhook-words'

/** A handler of webhooks, with all the code of this file that a delivery runs through. */
export interface WebhookHandler {
  readonly fact: Fact
  /** As a person would call it: the route, or the function's name. */
  readonly label: string
  readonly provider: ProviderFacts | null
  /** The handler, its middleware, and the functions of this file that it calls. */
  readonly spans: readonly Span[]
  /** The handler's own function. */
  readonly body: Span
  /** Everything of `spans`, without comments. */
  readonly text: string
  /** Something that a delivery runs through is not at hand, such as an imported function. */
  readonly unseen: readonly string[]
}

const WEBHOOK_WORD = /web-?_?hooks?|(?:^|[^a-z])(?:hooks?|ipn)(?:[^a-z]|$)/i
/** A name by which a provider's deliveries go, when the provider stands in it too: `stripe_events`. */
const DELIVERY_WORD = /(?:^|[^a-z])(?:events?|notifications?|listener|inbound)(?:[^a-z]|$)/i
/** Names of what others call back, whoever they are. */
const CALLED_BACK =
  /call_?back|post_?back|(?:payments?|orders?|billing|transactions?|psp|bank)[/_-](?:\w{1,30}[/_-])?notif/i
const LOGS_IN = /o_?auth|login|log_in|sso|oidc|saml|sign_?in(?![a-z])|session|connect|authorize/i
/** Code that looks at the signature of a request answers deliveries, whatever it is called. */
const SIGNED_REQUEST =
  /["'`](?:http_)?x?[\w-]*(?:signature|[-_]hmac[-_]sha)[\w-]*["'`]|\bconstruct_?[eE]vent(?:Async)?\(|\bwebhooks?\.verify\(|\bweb_?hook_?(?:secret|token|key)\b|_HOOK_(?:SECRET|TOKEN|KEY)\b|\b(?:require|verify|verified|validate|check|is_?valid)\w*(?:signature|hmac|webhook)\b|\bParseWebHook\(/i
/** Headers by which senders say what happened. */
const EVENT_HEADER =
  /["'`](?:http_)?x[-_][\w-]{2,40}[-_](?:topic|event(?:[-_](?:type|name|key))?|delivery(?:[-_]id)?|webhook[-\w]{0,20})["'`]/i
/** Routes by which people keep their own webhooks; nobody delivers anything there. */
const MANAGES_PATH =
  /hook-?_?(?:subscription|setting|config)|hooks?[./](?:create|list|update|delete|info|settings)\b/i
const MANAGES_CODE =
  /\bwebhook(?:_?subscription|_?endpoint|_?config|_?repository)?s?(?:\.|->|::)(?:objects\.)?(?:create|update|delete|destroy)\(|\bauthorize\(\s*(?:user|actor)\b|\bctx\.state\.user\b|\bcurrent_user\b|\blogin_required\b/i
/** Characters of a handler with all it reaches. A longer one is not judged, so that no file can cost more. */
const MAX_HANDLER = 60_000
/** Handlers of one file that are judged. */
const MAX_HANDLERS = 50

/** The webhook handlers of a file. A route is one when its path, name or file says so. */
export function webhookHandlers(view: View): readonly WebhookHandler[] {
  const found: WebhookHandler[] = []
  const facts = [...factsOf(view.file, 'route-handler'), ...factsOf(view.file, 'webhook-function')]
  const routes = facts.filter((fact) => fact.captures['form'] !== 'taker')
  for (const fact of [...routes, ...facts.filter((one) => isLoneTaker(one, routes))]) {
    const handler = found.length < MAX_HANDLERS ? handlerOf(view, fact) : null
    const known = found.some(({ body }) => body.start === handler?.body.start)
    if (handler !== null && !known) found.push(handler)
  }
  return found
}

/** A function that takes a request and stands in no route of this file. */
function isLoneTaker(fact: Fact, routes: readonly Fact[]): boolean {
  return fact.captures['form'] === 'taker' && !routes.some((route) => within(fact, route))
}

function handlerOf(view: View, fact: Fact): WebhookHandler | null {
  const { file } = view
  if (!acceptsDeliveries(file, fact)) return null
  const path = [fact.captures['prefix'] ?? '', fact.captures['path'] ?? '']
    .map((part) => part.replace(/^[rf]?["'`]|["'`]$/g, ''))
    .filter((part) => part !== '')
    .join('/')
  const name = fact.captures['name'] ?? fact.args.at(-1) ?? ''
  const shortName = /^[\w$.]{1,80}$/.test(name) ? name : ''
  const words = `${path} ${shortName} ${file.path}`
  if (MANAGES_PATH.test(words)) return null
  const body = bodyOf(file, fact)
  if (body === null) return null
  const reached = reachedFrom(file, [fact, body])
  const whole = reached.map((span) => textOf(file, span)).join('\n')
  if (whole.length > MAX_HANDLER) return null
  const text = withoutComments(whole, file.language)
  if (MANAGES_CODE.test(text)) return null
  if (!takesDeliveries(view, fact, { path, shortName, words, text })) return null
  return {
    fact,
    label: path !== '' ? path : shortName || fact.scope?.name || 'the handler',
    provider: providerOf(view, `${path} ${shortName}`, text),
    spans: reached,
    body,
    text,
    unseen: unseenCalls(file, text),
  }
}

interface Named {
  readonly path: string
  readonly shortName: string
  /** Everything that names it, the file's path included. */
  readonly words: string
  readonly text: string
}

function takesDeliveries(view: View, fact: Fact, named: Named): boolean {
  const { path, shortName, words, text } = named
  if (fact.captures['form'] === 'taker') return isTakerOfDeliveries(view, named)
  if (WEBHOOK_WORD.test(words) || isCalledBack(view.file, fact, named)) return true
  const home =
    view.file.path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? ''
  return (
    isDelivery(view, `${path} ${shortName}`, text) ||
    isDelivery(view, `${home} ${path}`, text) ||
    (ACTS_ON_EVENT.test(text) && hasProvider(view, `${home} ${path} ${folderOf(view.file)}`))
  )
}

/** A function that takes requests, of whose route nothing is known. */
function isTakerOfDeliveries(view: View, { words, text, shortName }: Named): boolean {
  const { file } = view
  // What the file's own code calls is a part of a handler.
  if (shortName !== '' && isCalledIn(file, shortName)) return false
  if (SIGNED_REQUEST.test(text) || EVENT_HEADER.test(text)) return true
  if (/web-?_?hook/i.test(words)) return true
  if ((file.language === 'go' || file.language === 'rust') && WEBHOOK_WORD.test(words)) return true
  return ACTS_ON_EVENT.test(text) && (hasProvider(view, words) || onlyPackage(view) !== null)
}

function isCalledIn({ text, language }: CodeFile, name: string): boolean {
  const before =
    language === 'python' || isScript(language) ? '(?<!\\b(?:def|function|async)\\s+)' : ''
  const calls = new RegExp(
    `${before}(?:\\.|=|return|await|\\(|,|:|!)\\s*\\b${RegExp.escape(name)}\\(`,
    'g',
  )
  return calls.test(text)
}

/** Paths and names by which others call back; a person's browser comes back from a login. */
function isCalledBack(file: CodeFile, fact: Fact, { path, shortName, text }: Named): boolean {
  if (!isScript(file.language) && !isPython(file)) return false
  const place = fact.captures['form'] === 'exported' ? file.path : ''
  const parted = `${path} ${shortName} ${fact.scope?.name ?? ''} ${place}`.replace(
    /([a-z])([A-Z])/g,
    '$1_$2',
  )
  if (CALLED_BACK.test(parted)) return !LOGS_IN.test(`${parted} ${file.path}`)
  return fact.by.startsWith('exempt') && /json\.loads\(\s*(?:self\.)?request\.body/.test(text)
}

/** The last folder of a file: in Go the package. */
function folderOf({ path }: CodeFile): string {
  return path.split('/').at(-2) ?? ''
}

function hasProvider(view: View, words: string): boolean {
  return providersOfWords(view, words).length === 1
}

/** Whether a handler without a word for webhooks in its names takes them all the same. */
function isDelivery(view: View, words: string, text: string): boolean {
  if (SIGNED_REQUEST.test(text) || EVENT_HEADER.test(text)) return true
  if (hasProvider(view, words) && (ACTS_ON_EVENT.test(text) || SHOP_TOPIC.test(words))) return true
  const parted = words.replace(/([a-z])([A-Z])/g, '$1_$2')
  return DELIVERY_WORD.test(parted) && hasProvider(view, words)
}

/** Methods, annotations and functions of routers by which nobody delivers. */
const READS_ONLY =
  /^(?:get|head|options|put|patch|delete|resources?|mount|use|root)(?:mapping)?$|^(?:Http|Map)(?:Get|Put|Patch|Delete|Head|Options)$/i

function acceptsDeliveries(file: CodeFile, fact: Fact): boolean {
  const { form, method } = fact.captures
  if (fact.kind === 'webhook-function') return form !== 'mounted' || method !== 'get'
  if (!isScript(file.language) && !isPython(file)) return !READS_ONLY.test(method ?? '')
  if (form === 'default') return /(?:^|\/)(?:pages\/)?api\//.test(file.path)
  if (form === 'mounted') return method === 'post' || method === 'all'
  if (form === 'exported') return method === 'POST'
  if (form !== 'decorated') return true
  if (/^(?:post|api_route)$/i.test(method ?? '')) return true
  return method === 'route' && /POST/.test(fact.args.join(' '))
}

/** The function that answers: given in place, or named and standing in this file. */
function bodyOf(file: CodeFile, fact: Fact): Span | null {
  if (fact.captures['form'] !== 'mounted' || isBlock(fact)) return fact
  const last = fact.captures['name'] ?? fact.args.at(-1) ?? ''
  if (/^[\w$.:]+$/.test(last)) return functionNamed(file, /\w+$/.exec(last)?.[0] ?? '')
  const inline = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function',
  )
  return inline.length > 0 ? fact : null
}

/** A route of Sinatra with its block. */
function isBlock(fact: Fact): boolean {
  return fact.language === 'ruby' && fact.by === 'block'
}

function functionNamed(file: CodeFile, name: string): Fact | null {
  const found = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'function' && one.captures['name'] === name,
  )
  return found[0] ?? null
}

/** Imported names that the handler's code calls or hands on. */
function unseenCalls(file: CodeFile, text: string): readonly string[] {
  const words = new Set(text.match(/[\w$]+/g) ?? [])
  return importsOf(file)
    .map((one) => one.local)
    .filter((name) => words.has(name))
}

function providerOf(view: View, words: string, text: string): ProviderFacts | null {
  const named = providersOfWords(view, words)
  if (named.length === 1) return named[0] ?? null
  if (named.length > 1) return null
  const byPath = providersOfWords(view, view.file.path)
  if (byPath.length === 1) return byPath[0] ?? null
  const headers = [...text.matchAll(/["'`]([A-Za-z][\w-]{4,60})["'`]/g)].flatMap((match) => {
    const found = view.providers.byHeader((match[1] ?? '').toLowerCase().replaceAll('_', '-'))
    return found === null ? [] : [found]
  })
  if (headers[0] !== undefined) return headers[0]
  return onlyPackage(view)
}

function providersOfWords(view: View, words: string): readonly ProviderFacts[] {
  const parts = words
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  // Some names have a capital within: PayPal, GitHub, DocuSign.
  const joined = [...words.matchAll(/([A-Z][a-z]+)(?=([A-Z][a-z]+))/g)].map(([, first, second]) =>
    `${first}${second}`.toLowerCase(),
  )
  const found = [...parts, ...joined].flatMap((word) => view.providers.byWord(word) ?? [])
  return [...new Map(found.map((one) => [one.id, one])).values()]
}

/** The provider of the only SDK that the file imports. */
function onlyPackage({ file, providers }: View): ProviderFacts | null {
  const found = importsOf(file).flatMap((one) => {
    // The packs know the packages of scripts and Python by name, those of others by their import.
    if (!isScript(file.language) && !isPython(file))
      return providers.byImport(file.language, one.module) ?? []
    const name = packageOf(one.module, file.language)
    return name === null ? [] : (providers.byPackage(name) ?? [])
  })
  const ids = new Map(found.map((one) => [one.id, one]))
  return ids.size === 1 ? ([...ids.values()][0] ?? null) : null
}

/** Whether an imported name leads to a file at hand that has a fact of this kind. */
export function importHas(view: View, name: string, kind: Fact['kind']): boolean | null {
  const imported = importsOf(view.file).find((one) => one.local === name)
  if (imported === undefined) return null
  const home = fileOfImport(view.code, view.file, imported)
  return home === null ? null : home.facts.some((fact) => fact.kind === kind)
}

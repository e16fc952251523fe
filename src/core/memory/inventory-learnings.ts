import type { Fact } from '#core/facts/fact'
import type { Learning } from '#core/memory/memory'

/** More than this in one review is a catalogue, not a memory. */
const MAX_LEARNINGS = 40

/** A third party, and by what source code shows that it is meant. */
export interface InventoryProvider {
  /** A slug: `stripe`. */
  readonly id: string
  /** For people: `Stripe`. */
  readonly name: string
  /** Modules as they are imported, in any language. */
  readonly packages: readonly string[]
  readonly hosts: readonly string[]
  /** Names of environment variables; a trailing `*` stands for any ending. */
  readonly env: readonly string[]
}

/** The part of a fact that is read here. Kinds that are not known are passed over. */
export interface SeenFact extends Pick<Fact, 'path' | 'line' | 'text' | 'captures'> {
  readonly kind: string
}

type Say = (fact: SeenFact, provider: InventoryProvider | null) => readonly string[]

const SAYINGS: Readonly<Record<string, Say>> = {
  'client-construction': sayClient,
  'outbound-call': sayCall,
  'environment-key': sayKey,
  'route-handler': sayEndpoint,
  'signature-check': sayCheck,
}

/** Settings of a client that decide how it behaves when the other side is slow or down. */
const SETTING =
  /\b(timeout|timeoutMs|timeout_ms|connect_timeout|read_timeout|max_?retries|maxNetworkRetries|max_network_retries|retries|maxAttempts|max_attempts)["']?\s*[:=]\s*(\d[\d_]{0,9})\b/gi
const API_VERSION = /\b(?:api_?version|stripe_version)["']?\s*[:=]\s*["']([\w.-]{1,40})["']/i
const CREDENTIAL = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|DSN|_SID\b|CLIENT_ID/i
const CHECKS_SENDER =
  /construct_?event|verif|hmac|signature|timing_?safe|compare_digest|svix|webhook|validat\w*request|requestvalidator/i
const WEBHOOK = /web-?_?hook|\bhooks?\b|callback|\bipn\b|notification|\bevents?\b/i

/**
 * What the code on the default branch says about its integrations, as sentences to remember: the
 * services and how they are called, their credentials, webhook endpoints and who checks the
 * sender, timeouts, retries and pinned versions. Each is said once for a file, at its first line.
 */
export function inventoryLearnings(
  facts: readonly SeenFact[],
  providers: readonly InventoryProvider[],
): Learning[] {
  const ordered = [...facts].sort((a, b) => compare(a.path, b.path) || a.line - b.line)
  const present = new Map(
    [...Map.groupBy(ordered, (fact) => fact.path)].map(
      ([path, ofFile]) => [path, providersIn(ofFile, providers)] as const,
    ),
  )
  const clients = clientNames(ordered, present)
  const learnings = new Map<string, Learning>()
  for (const fact of ordered) {
    const provider = providerOf(fact, present.get(fact.path) ?? [])
    if (fact.kind === 'outbound-call' && !isCallOf(fact, provider, clients)) continue
    for (const text of SAYINGS[fact.kind]?.(fact, provider) ?? []) {
      const citation = { path: fact.path, line: fact.line }
      const topic = provider?.id ?? 'integrations'
      if (!learnings.has(text)) learnings.set(text, { topic, text, citation, source: 'inventory' })
    }
  }
  return [...learnings.values()].slice(0, MAX_LEARNINGS)
}

function providersIn(
  facts: readonly SeenFact[],
  providers: readonly InventoryProvider[],
): InventoryProvider[] {
  const modules = facts
    .filter((fact) => fact.kind === 'import')
    .map((fact) => (fact.captures['module'] ?? '').replace(/^["'`]|["'`]$/g, ''))
  const texts = facts.map((fact) => fact.text)
  const keys = captured(facts, 'environment-key', 'name')
  const roots = captured(facts, 'outbound-call', 'callee').map((callee) =>
    squeeze(callee.split('.')[0] ?? ''),
  )
  return providers.filter(
    ({ id, packages, hosts, env }) =>
      roots.includes(squeeze(id)) ||
      env.some((name) => keys.some((key) => isNamed(key, name))) ||
      packages.some((name) => modules.some((module) => isWithin(module, name))) ||
      hosts.some((host) => texts.some((text) => text.includes(`//${host}`))),
  )
}

function captured(facts: readonly SeenFact[], kind: string, name: string): readonly string[] {
  return facts.filter((fact) => fact.kind === kind).flatMap((fact) => fact.captures[name] ?? [])
}

function isNamed(key: string, name: string): boolean {
  const plain = key.replace(/^["'`]|["'`]$/g, '')
  return name.endsWith('*') ? plain.startsWith(name.slice(0, -1)) : plain === name
}

/** Whether a module is a package or a part of it, as `stripe/webhooks` or `google.cloud.pubsub`. */
function isWithin(module: string, name: string): boolean {
  return module === name || module.startsWith(`${name}/`) || module.startsWith(`${name}.`)
}

/** The provider whose name stands in the fact; else the file's only one; else nobody knows. */
function providerOf(
  fact: SeenFact,
  present: readonly InventoryProvider[],
): InventoryProvider | null {
  const text = squeeze(fact.text)
  const named = present.filter(({ id, name, hosts }) =>
    [squeeze(id), squeeze(name), ...hosts.map(squeeze)].some((word) => text.includes(word)),
  )
  const [only, ...others] = named.length > 0 ? named : present
  return only !== undefined && others.length === 0 ? only : null
}

/** Names that stand for a provider's client in a file, as `path provider name`. */
function clientNames(
  facts: readonly SeenFact[],
  present: ReadonlyMap<string, readonly InventoryProvider[]>,
): ReadonlySet<string> {
  return new Set(
    facts.flatMap((fact) =>
      clientsNamedIn(fact, present.get(fact.path) ?? []).map((name) => `${fact.path} ${name}`),
    ),
  )
}

function clientsNamedIn(
  fact: SeenFact,
  providers: readonly InventoryProvider[],
): readonly string[] {
  const { binding, clause, module } = fact.captures
  if (fact.kind === 'client-construction' && binding !== undefined) {
    const provider = providerOf(fact, providers)
    return provider === null ? [] : [`${provider.id} ${binding}`]
  }
  if (fact.kind !== 'import' || module === undefined) return []
  const from = module.replace(/^["'`]|["'`]$/g, '')
  const locals = (clause ?? from).match(/[\w$]+/g) ?? []
  return providers
    .filter(({ packages }) => packages.some((name) => isWithin(from, name)))
    .flatMap(({ id }) => locals.map((local) => `${id} ${local}`))
}

/** They speak to whoever they are pointed at: in a file of one provider, to that one. */
const PLAIN_HTTP =
  /^(?:fetch|axios|got|ky|needle|superagent|undici|https?|request|requests|httpx|aiohttp|urllib3?|session)$/

/** Whether a call goes to the provider, and not to a router or a database in the same file. */
function isCallOf(
  fact: SeenFact,
  provider: InventoryProvider | null,
  clients: ReadonlySet<string>,
): boolean {
  if (provider === null) return false
  const root = rootOf(fact.captures['callee'] ?? '')
  const named = [provider.id, provider.name].some((name) => squeeze(root).includes(squeeze(name)))
  if (named || PLAIN_HTTP.test(root)) return true
  if (provider.hosts.some((host) => fact.text.includes(`//${host}`))) return true
  return clients.has(`${fact.path} ${provider.id} ${root}`)
}

/** The first name of a callee: `stripe` of `stripe.refunds.create`. */
function rootOf(callee: string): string {
  return callee.split('.')[0]?.replace(/^(?:await|new)\s+/, '') ?? ''
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function sayClient(fact: SeenFact, provider: InventoryProvider | null): readonly string[] {
  if (provider === null) return []
  const name = code(fact.captures['binding']) ?? code(fact.captures['ctor'])
  if (name === null) return []
  const where = `in \`${fact.path}\``
  const called = `${provider.name} is called through ${name} ${where}.`
  const settings = [...fact.text.matchAll(SETTING)].map((match) => `\`${match[1]}: ${match[2]}\``)
  const tuned = `The ${provider.name} client ${name} ${where} sets ${settings.slice(0, 6).join(', ')}.`
  const version = API_VERSION.exec(fact.text)?.[1]
  const pinned = `The ${provider.name} client ${name} ${where} pins API version \`${version}\`.`
  return [
    called,
    ...(settings.length === 0 ? [] : [tuned]),
    ...(version === undefined ? [] : [pinned]),
  ]
}

function sayCall(fact: SeenFact, provider: InventoryProvider | null): readonly string[] {
  const name = code(rootOf(fact.captures['callee'] ?? ''))
  if (provider === null || name === null || name === '`this`' || name === '`self`') return []
  return [`${provider.name} is called through ${name} in \`${fact.path}\`.`]
}

function sayKey(fact: SeenFact, provider: InventoryProvider | null): readonly string[] {
  const key = fact.captures['name']?.replace(/^["'`]|["'`]$/g, '')
  const name = code(key)
  if (provider === null || key === undefined || name === null || !CREDENTIAL.test(key)) return []
  return [`The ${provider.name} credential ${name} comes from the environment in \`${fact.path}\`.`]
}

function sayEndpoint(fact: SeenFact, provider: InventoryProvider | null): readonly string[] {
  const method = fact.captures['method']?.toLowerCase()
  const route = code(fact.captures['path']?.replace(/^[rf]?["'`]|["'`]$/g, ''))
  if (method === 'use' || method === 'get' || !WEBHOOK.test(`${fact.path} ${route ?? ''}`))
    return []
  const whose = provider === null ? 'A webhook' : `The ${provider.name} webhook`
  const at = route === null ? '' : ` ${route}`
  return [`${whose} endpoint${at} is handled in \`${fact.path}\`.`]
}

function sayCheck(fact: SeenFact, provider: InventoryProvider | null): readonly string[] {
  const callee = fact.captures['callee']
  const name = code(callee)
  if (callee === undefined || name === null || !CHECKS_SENDER.test(callee)) return []
  const whose = provider === null ? 'Requests' : `${provider.name} requests`
  return [`${whose} in \`${fact.path}\` are checked with ${name}.`]
}

/** A short piece of source code as a code span; null when it is more than a name or a path. */
function code(text: string | undefined): string | null {
  return text !== undefined && /^[\w$.:/{}<>*-]{1,80}$/.test(text) ? `\`${text}\`` : null
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

import type { Fact } from '#core/facts/fact'
import { type Client, resolveClient } from '#core/rules/clients'
import { type Code, type CodeFile, factsOf, isPython } from '#core/rules/code'
import { literal, NO_OPTIONS, type Options, readKeywords, readObject } from '#core/rules/code-text'
import { assignedTo } from '#core/rules/scope-text'

/** An outbound call whose client is known. */
export interface OutboundCall {
  readonly fact: Fact
  readonly callee: string
  /** The last name of the callee: `post`, `create`, `fetch`. */
  readonly method: string
  readonly client: Client
  /** The URL, when it begins with a literal `http(s)://`. */
  readonly url: string | null
  readonly host: string | null
  readonly options: Options
}

/** Libraries whose functions and clients make plain HTTP requests. */
export const HTTP_PACKAGES: ReadonlySet<string> = new Set([
  'aiohttp',
  'axios',
  'fetch',
  'got',
  'httpx',
  'ky',
  'needle',
  'node-fetch',
  'requests',
  'superagent',
  'undici',
  'urllib',
  'urllib3',
])

/** Components, and folders of front ends, Rails' among them. */
const BROWSER_PATH =
  /\.[jt]sx$|\.vue$|\.svelte$|(?:^|\/)(?:app\/(?:javascript|assets)|resources\/(?:js|ts|assets)|svelte|frontend|front-end|web-?ui)\//
const BROWSER_CODE =
  /^[ \t]*['"]use client['"]|\bwindow\.|\bdocument\.|\b(?:local|session)Storage\b|\bnavigator\.|\bcredentials:\s*['"](?:include|same-origin)|\buse(?:Query|Mutation|SWR)\(|\bimport\.meta\.env\b|\bwithCredentials\b|from ['"](?:client-only|react|vue|svelte|pinia|@angular\/[\w-]+|(?:\.{1,2}|[@~]\w{0,20})\/(?:[\w.-]{1,40}\/){0,6}(?:components|hooks|composables)\/[\w./-]{1,80})['"]/m

/** Whether a file runs in a browser, or may do so: there the network is the visitor's. */
export function mayRunInBrowser(file: CodeFile): boolean {
  return BROWSER_PATH.test(file.path) || BROWSER_CODE.test(file.text)
}

const SERVER_PATH =
  /(?:^|[/-])(?:server|backend|api|lambdas?|functions|workers?|jobs|cron|cli)(?:[/-]|$)/i
/** Bundlers write their public variables into browser code under these prefixes. */
const SERVER_CODE =
  /\bprocess\.env\b(?!\.(?:NODE_ENV|REACT_APP_|NEXT_PUBLIC_|VUE_APP_))|\bBuffer\.|(?:from|require\()\s*['"](?:node:[\w/]+|fs|fs\/promises|path|crypto|https?|os|stream|express|fastify|koa|hono|pino|winston|commander|undici|aws-sdk|@aws-sdk\/[\w-]+|ioredis|pg|mysql2|knex|typeorm|@prisma\/client|bullmq|@nestjs\/[\w-]+|inversify|tsyringe|typedi|drizzle-orm(?:\/[\w-]+)?|mongoose|mongodb|sequelize|kysely|redis|kafkajs|amqplib|nodemailer|node-cron|googleapis|stripe|dotenv|bunyan|aws-lambda|firebase-(?:functions|admin)(?:\/[\w-]+)?|@google-cloud\/[\w-]+|@hapi\/[\w-]+)['"]|\bauth:\s*\{\s*username|(?:[xX]-)?[aA]pi[-_]?[kK]ey['"]?\]?\s*[:=]\s*(?:this|self|config|options|opts|deps|settings|env)\.#?_?\w*[kK]ey\b|[aA]uthorization['"]?\]?\s*[:=]\s*[`'"](?:Bearer|Basic|Token|[\w-]*-Key)?\s*\$\{[^}]*(?:[aA]pi_?[kK]ey|[sS]ecret|[pP]rivateKey|[aA]piToken)/

/** Whether a file shows that it runs on a server or a developer's machine. */
export function runsOnServer(file: CodeFile): boolean {
  return !mayRunInBrowser(file) && (SERVER_PATH.test(file.path) || SERVER_CODE.test(file.text))
}

/** Characters of a callee: a longer chain is no client that could be found. */
const MAX_CALLEE = 200

/** Several judgements look at the same calls: each file's are resolved once. */
const RESOLVED = new WeakMap<Code, Map<string, readonly OutboundCall[]>>()

/** The outbound calls of a file whose client is certain. */
export function outboundCalls(code: Code, file: CodeFile): readonly OutboundCall[] {
  const byPath = RESOLVED.get(code) ?? new Map<string, readonly OutboundCall[]>()
  RESOLVED.set(code, byPath)
  const calls = byPath.get(file.path) ?? resolveCalls(code, file)
  byPath.set(file.path, calls)
  return calls
}

/** A `fetch` that the file defines or imports: not the platform's. */
const OWN_FETCH = /\b(?:function|const|let|var)\s+fetch\b|import[^;\n]{0,500}\bfetch\b/
const GLOBAL_FETCH = /^(?:(?:globalThis|window)\.)?fetch$/

function resolveCalls(code: Code, file: CodeFile): readonly OutboundCall[] {
  const hasGlobalFetch = !isPython(file) && !OWN_FETCH.test(file.text)
  // A file names few clients and calls them often.
  const clients = new Map<string, Client | null>()
  const clientOf = (callee: string) => {
    const known = clients.get(callee)
    if (known !== undefined) return known
    const client = resolveClient(code, file, callee)
    clients.set(callee, client)
    return client
  }
  return factsOf(file, 'outbound-call').flatMap((fact) => {
    const written = fact.captures['callee'] ?? ''
    if (written.length > MAX_CALLEE) return []
    const callee = written.replace(/[?!]/g, '')
    const isGlobal = hasGlobalFetch && GLOBAL_FETCH.test(callee)
    const client = isGlobal ? FETCH : clientOf(callee)
    if (client === null) return []
    const method = callee.slice(callee.lastIndexOf('.') + 1)
    // Constructing a client is no call of it.
    if (client.constructed?.fact.start === fact.start) return []
    if (
      client.constructed === null &&
      /^(create|extend)$/.test(method) &&
      HTTP_PACKAGES.has(client.package)
    )
      return []
    const url = urlOf(fact, file)
    return [
      {
        fact,
        callee,
        method,
        client,
        url,
        host: hostOf(url),
        options: optionsOf(fact, callee, file),
      },
    ]
  })
}

const FETCH: Client = { package: 'fetch', constructed: null, options: NO_OPTIONS, defaulted: false }

function urlOf(fact: Fact, file: CodeFile): string | null {
  const python = isPython(file)
  const plain = fact.args.find((arg) => !/^\w+\s*=[^=]/.test(arg))
  const named = python ? readKeywords(fact.args).entries.get('url') : undefined
  const isRequest = python && /\.request$/.test(fact.captures['callee'] ?? '')
  const first = named ?? (isRequest ? fact.args[1] : plain) ?? ''
  const text = literal(first) ?? literal(objectUrl(first)) ?? constantOf(file, first)
  const base = /^\$?\{(\w+)\}/.exec(text ?? '')
  const url =
    base === null
      ? text
      : (constantOf(file, base[1] ?? '') ?? '') + (text ?? '').slice(base[0].length)
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

/** Characters at the top of a file in which a constant is looked for. */
const CONSTANTS_WITHIN = 20_000

/** The literal that a name is given in the file, when it is given only one. */
function constantOf(file: CodeFile, name: string): string | null {
  const given = assignedTo(file.text.slice(0, CONSTANTS_WITHIN), name)
  const [only] = given
  return only === undefined || given.length > 1 ? null : literal(only.replace(/;$/, ''))
}

function objectUrl(arg: string): string {
  return arg.startsWith('{') ? (readObject(arg, 'typescript').entries.get('url') ?? '') : ''
}

/** The host of a URL literal; null where it is put together or is this machine. */
function hostOf(url: string | null): string | null {
  const host = /^https?:\/\/([a-z0-9.-]+)(?::\d+)?(?:[/?#]|$)/i.exec(url ?? '')?.[1]?.toLowerCase()
  if (host === undefined || !host.includes('.') || /^[\d.]+$/.test(host)) return null
  return /\.(?:local|localhost|internal|test|invalid)$/.test(host) ? null : host
}

/** Where a function takes its options, counted from 0; unlisted ones take them last. */
function optionsIndex(callee: string): number {
  const method = callee.slice(callee.lastIndexOf('.') + 1)
  if (/(?:^|\.)axios$/.test(callee)) return 0
  if (method === 'request') return 0
  return /^(?:post|put|patch)$/.test(method) && !/^(?:got|ky|needle)\./.test(callee) ? 2 : 1
}

function optionsOf(fact: Fact, callee: string, file: CodeFile): Options {
  if (isPython(file)) return readKeywords(fact.args)
  if (fact.args.some((arg) => arg.startsWith('...'))) return { entries: new Map(), open: true }
  const index = optionsIndex(callee)
  const first = fact.args[0]
  // `axios(url, options)`, `got({ url })`: the only object is what it is called with.
  const at = index === 0 && first !== undefined && literal(first) !== null ? 1 : index
  const text = fact.args[at]
  return text === undefined ? NO_OPTIONS : readObject(text, file.language)
}

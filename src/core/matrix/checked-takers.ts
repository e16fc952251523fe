import type { Fact } from '#core/facts/fact'
import type { CallGraph } from '#core/matrix/call-graph'
import { momentsOf } from '#core/matrix/delivery-moments'
import { type Entrance, entranceOf } from '#core/matrix/entrance'
import { handlerUnit } from '#core/matrix/handler-unit'
import type { Walk } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import type { Catalog } from '#core/providers/catalog'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A function that takes what a known provider sends and looks at the sender. */
export interface Taker {
  readonly entrance: Entrance
  readonly provider: string
  readonly what: string
}

/** Code that looks at who sent a delivery, as far as one look at a file tells. */
const SIGNED = /construct_?event|signature|hmac|verification_status|verif\w{0,12}webhook/i
/** How functions, classes and files are called that take deliveries. */
const TAKES =
  /web-?_?hooks?|(?:^|[^a-z])(?:events?|notifications?|inbound|ipn|listener)(?:[^a-z]|$)/i
const POSTS = /post|any|all|match|handle|map|route/i
/** What a function of Go is given that answers a request. */
const TAKES_REQUEST =
  /\(\s*(?:\w+\s+(?:\*gin\.Context|echo\.Context|\*fiber\.Ctx)|\w+\s+http\.ResponseWriter\s*,)/
/** It hands the request on: middleware. */
const HANDS_ON = /\bnext\.ServeHTTP\(|\bc\.Next\(\)|\bnext\(c\)/
/** Takers of one repository that are looked at. */
const MAX_TAKERS = 60

/**
 * Functions that no word of their route shows to be handlers of webhooks: their own names and
 * their look at the sender do, together with the one provider that they name.
 */
export function checkedTakers(walk: Walk, catalog: Catalog): readonly Taker[] {
  const { graph } = walk
  const files = [...graph.code.files.values()]
  const found = files.flatMap((file) => [
    ...factsOf(file, 'route-handler').flatMap((fact) => byRoute(graph, catalog, file, fact)),
    ...(file.language === 'go' && SIGNED.test(file.text) ? ofGo(catalog, file) : []),
  ])
  return found.slice(0, MAX_TAKERS).filter(({ entrance }) => looksAtSender(walk, entrance))
}

function byRoute(graph: CallGraph, catalog: Catalog, file: CodeFile, fact: Fact): readonly Taker[] {
  const { form, method = '', path = '', prefix = '', name = '' } = fact.captures
  if (form !== 'mounted' || !POSTS.test(method)) return []
  const words = `${prefix}/${path} ${name}`
  const provider = TAKES.test(words) ? providerOf(catalog, words) : null
  if (provider === null) return []
  const entrance = entranceOf(graph, file, { fact })
  if (entrance === null || !SIGNED.test(entrance.body.file.text)) return []
  return [
    { entrance, provider, what: `${prefix}/${path}`.replaceAll(/["'`]/g, '').replace(/^\/+/, '/') },
  ]
}

/** Functions of Go whose routes are not at hand. */
function ofGo(catalog: Catalog, file: CodeFile): readonly Taker[] {
  const base = file.path.split('/').slice(-2).join(' ')
  return factsOf(file, 'function')
    .filter(({ captures }) => captures['form'] === 'function' && captures['name'] !== undefined)
    .flatMap((fact) => {
      const code = quietOf(file).code.slice(fact.start, fact.end)
      const head = code.split('{')[0] ?? ''
      if (!TAKES_REQUEST.test(head) || HANDS_ON.test(code)) return []
      const name = fact.captures['name'] ?? ''
      const receiver = /^func\s*\(\w*\s*\*?(\w+)/.exec(head)?.[1] ?? ''
      const words = parted(`${base} ${receiver} ${name}`)
      const provider = TAKES.test(words) ? providerOf(catalog, words) : null
      return provider === null
        ? []
        : [{ entrance: { file, fact, body: { file, fact } }, provider, what: name }]
    })
}

const parted = (words: string) => words.replaceAll(/([a-z])([A-Z])/g, '$1_$2')

/** The one provider that words name. */
function providerOf(catalog: Catalog, words: string): string | null {
  const named = parted(words)
    .split(/[^A-Za-z0-9]+/)
    .flatMap((word) => (word.length > 2 ? (catalog.byName(word) ?? []) : []))
  const [only, ...others] = new Set(named)
  return only !== undefined && others.length === 0 ? only : null
}

function looksAtSender(walk: Walk, entrance: Entrance): boolean {
  const unit = handlerUnit(walk.graph, entrance)
  const moments = momentsOf(walk, [...unit.before, ...unit.own], 'handler', new Set())
  const has = (...kinds: readonly string[]) => moments.some(({ kind }) => kinds.includes(kind))
  return has('verify') && has('raw', 'parse')
}

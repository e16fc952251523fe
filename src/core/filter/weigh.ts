import type { PathFacts } from '#core/filter/file-kind'
import type { Hit, Reach, Signal } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'

/** From this score on a file is read. */
export const THRESHOLD = 0.45

/** Whether a file speaks of other systems throughout, here and there, in a corner, or hardly. */
type Spread = 'dense' | 'even' | 'sparse' | 'lost'

/**
 * How much of a hit's weight is left where the change itself did not touch its line. A word or a
 * call that only stands nearby is the hint that holds least in repositories not seen before.
 */
const UNTOUCHED: Readonly<Record<Spread, Readonly<Record<Reach, number>>>> = {
  dense: { file: 0.95, part: 0.8, word: 0.75 },
  even: { file: 0.9, part: 0.5, word: 0.25 },
  sparse: { file: 0.45, part: 0.35, word: 0.15 },
  lost: { file: 0.2, part: 0.15, word: 0.05 },
}
/** What a whole file depends on stands in one line of it, though the file be long. */
const DEPENDS: ReadonlySet<Signal> = new Set<Signal>([
  'provider-sdk',
  'sdk',
  'http-client',
  'rpc-client',
  'configuration',
])
const UNTOUCHED_IN_CATCH_ALL = 0.1
/** Where everything meets, a change that says nothing itself is about something else. */
const MOST_WITHOUT_CHANGE = 0.4
/** A changed line of such a place that names what another system wants is what the change is for. */
const CHANGED_IN_CATCH_ALL = 1.7
const BROUGHT: ReadonlySet<Signal> = new Set<Signal>([
  'env-name',
  'credentials',
  'imports-integration',
  'oauth',
  'provider-sdk',
])
const MOST_BROUGHT = 0.8
/** What keeps rows of the own database, even of webhooks, and uses no client. */
const STORE = 0.6
/** A second thing of the same signal adds this much of its own weight. */
const SECOND = 0.4

/** What the place of a file takes away from everything that speaks for it. */
export interface Discount {
  readonly factor: number
  readonly reason: { readonly signal: string; readonly detail: string } | null
}

/** Combines hits as independent hints: each takes its share of the doubt that is left. */
export function scoreOf(
  hits: readonly Hit[],
  { facts, isView, spread, isLong }: Surroundings,
): number {
  const bySignal = Map.groupBy(bestPerDetail(hits), ({ signal }) => signal)
  let doubt = 1
  for (const own of bySignal.values()) {
    const weights = own
      .map((hit) => ({ weight: weightOf(hit, facts, spread), line: hit.line }))
      .sort((a, b) => b.weight - a.weight)
    const [first] = weights
    // Two words of one line say one thing.
    const second = weights.slice(1).find(({ line }) => line === null || line !== first?.line)
    doubt *= (1 - (first?.weight ?? 0)) * (1 - (second?.weight ?? 0) * SECOND)
  }
  const meets =
    facts.catchAll ||
    isMeeting(facts, spread) ||
    (isLong && spread !== 'dense' && !hits.some(isNamed))
  const elsewhere = meets && !hits.some(({ changed }) => changed)
  const most = elsewhere ? MOST_WITHOUT_CHANGE : 1
  const kept = facts.store && !hits.some(({ signal }) => DEPENDS.has(signal)) ? STORE : 1
  return rounded(Math.min(most, 1 - doubt) * kept * discountOf(facts, isView).factor)
}

/** A controller that is not about a partner throughout answers for the domain. */
const isMeeting = ({ controller }: PathFacts, spread: Spread) => controller && spread !== 'dense'

function weightOf(hit: Hit, facts: PathFacts, spread: Spread): number {
  const { catchAll } = facts
  const { changed, signal, weight, reach } = hit
  if (signal === 'path') return weight
  if (changed) {
    const brought = catchAll && BROUGHT.has(signal)
    return brought ? Math.min(MOST_BROUGHT, weight * CHANGED_IN_CATCH_ALL) : weight
  }
  if (catchAll || isMeeting(facts, spread)) return weight * UNTOUCHED_IN_CATCH_ALL
  const depends = DEPENDS.has(signal) && spread === 'sparse'
  return weight * UNTOUCHED[depends ? 'even' : spread][reach]
}

/** Whether a path tells what the file is, be it ever so long. */
const isNamed = ({ signal, weight }: Hit) => signal === 'path' && weight >= NAMED
const NAMED = 0.3

const CALLER = { calls: 3, share: 0.015 }
const CALL = 0.45

/** Whether code by the name of a catch-all does in truth call others again and again. */
export function callsOut(hits: readonly Hit[], lines: readonly CodeLine[]): boolean {
  const calls = hits.filter(({ signal, weight }) => signal === 'outbound-call' && weight >= CALL)
  const count = new Set(calls.flatMap(({ line }) => line ?? [])).size
  return count >= CALLER.calls && count >= lines.length * CALLER.share
}

/** Where a file stands and how its hits lie in it. */
export interface Surroundings {
  readonly facts: PathFacts
  readonly isView: boolean
  readonly spread: Spread
  /** So much code that it is about more than one thing. */
  readonly isLong: boolean
}

const DENSE = { share: 0.06, lines: 4 }
const SPARSE = { share: 0.01, lines: 400 }
const LOST = { share: 0.005, lines: 1_500 }

const LONG = 1_200
const LONG_TEST = 400

/** Whether a file has so many lines of code that it is about more than one thing. */
export function isLongCode(lines: readonly CodeLine[], { kind, test }: PathFacts): boolean {
  if (kind !== 'source' && kind !== 'view') return false
  return lines.filter(({ text }) => text.trim() !== '').length >= (test ? LONG_TEST : LONG)
}

/** A generic client that is only imported, and whose calls are nowhere to be seen. */
const isGeneral = ({ signal, provider }: Hit) =>
  provider === null && (signal === 'http-client' || signal === 'rpc-client')

/** How the lines that speak of another system lie among all lines of code. */
export function spreadOf(hits: readonly Hit[], lines: readonly CodeLine[]): Spread {
  const all = lines.filter(({ text }) => text.trim() !== '').length
  const speaking = new Set(hits.flatMap(({ line }) => line ?? [])).size
  if (speaking >= DENSE.lines && speaking >= all * DENSE.share) return 'dense'
  if (all >= SPARSE.lines && speaking === 1 && hits.every(isGeneral)) return 'lost'
  if (all >= LOST.lines && speaking < all * LOST.share) return 'lost'
  return all >= SPARSE.lines && speaking < all * SPARSE.share ? 'sparse' : 'even'
}

/** The place where code stands, and how much of its hints survive it. */
export function discountOf(facts: PathFacts, isView: boolean): Discount {
  const found = PLACES.find(({ holds }) => holds(facts, isView))
  return found ?? { factor: 1, reason: null }
}

interface Place extends Discount {
  readonly holds: (facts: PathFacts, isView: boolean) => boolean
}

const PLACES: readonly Place[] = [
  place((facts) => facts.stand, 0.4, 'stand-in', 'a mock, fixture, story or sample'),
  place((facts) => facts.test, 0.53, 'test', 'a test'),
  place((facts) => facts.switches, 0.6, 'switches', 'switches features of the program'),
  place((facts) => facts.shell, 0.5, 'script', 'a script of a shell'),
  place((facts) => facts.migration, 0.45, 'migration', 'a database migration'),
  place((facts, isView) => isView && facts.browser, 0.4, 'view', 'draws a page'),
  place((_, isView) => isView, 0.5, 'view', 'draws a page'),
  place((facts) => facts.component, 0.5, 'front-end', 'a part of a front-end'),
  place(
    (facts) => facts.browser && facts.language === 'js',
    0.58,
    'front-end',
    'runs in the browser',
  ),
]

function place(holds: Place['holds'], factor: number, signal: string, detail: string): Place {
  return { holds, factor, reason: { signal, detail } }
}

/** Repeating oneself adds nothing: of equal details the heaviest counts, a changed one first. */
export function bestPerDetail(hits: readonly Hit[]): readonly Hit[] {
  const best = new Map<string, Hit>()
  for (const hit of hits) {
    const key = `${hit.signal} ${hit.detail}`
    const before = best.get(key)
    if (before === undefined || rank(hit) > rank(before)) best.set(key, hit)
  }
  return [...best.values()]
}

const rank = (hit: Hit) => hit.weight + (hit.changed ? 1 : 0)
const rounded = (score: number) => Math.round(Math.min(1, Math.max(0, score)) * 100) / 100

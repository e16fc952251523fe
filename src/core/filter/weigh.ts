import type { PathFacts } from '#core/filter/file-kind'
import type { Hit, Reach, Signal } from '#core/filter/hit'

/** From this score on a file is read. */
export const THRESHOLD = 0.5

/** How much of a hit's weight is left where the change itself did not touch its line. */
const UNTOUCHED: Readonly<Record<Reach, number>> = { file: 0.9, part: 0.7, word: 0.4 }
const UNTOUCHED_IN_CATCH_ALL = 0.1
/** Where everything meets, a change that says nothing itself is about something else. */
const MOST_WITHOUT_CHANGE = 0.4
/** A second thing of the same signal adds this much of its own weight. */
const SECOND = 0.4

/** What the place of a file takes away from everything that speaks for it. */
export interface Discount {
  readonly factor: number
  readonly reason: { readonly signal: string; readonly detail: string } | null
}

/** Combines hits as independent hints: each takes its share of the doubt that is left. */
export function scoreOf(hits: readonly Hit[], facts: PathFacts, isView: boolean): number {
  const bySignal = new Map<Signal, number[]>()
  for (const hit of bestPerDetail(hits)) {
    const weights = bySignal.get(hit.signal) ?? []
    weights.push(weightOf(hit, facts))
    bySignal.set(hit.signal, weights)
  }
  let doubt = 1
  for (const weights of bySignal.values()) {
    const [first = 0, second = 0] = weights.sort((a, b) => b - a)
    doubt *= (1 - first) * (1 - second * SECOND)
  }
  const elsewhere = facts.catchAll && !hits.some(({ changed }) => changed)
  const most = elsewhere ? MOST_WITHOUT_CHANGE : 1
  return rounded(Math.min(most, 1 - doubt) * discountOf(facts, isView).factor)
}

function weightOf({ changed, signal, weight, reach }: Hit, facts: PathFacts): number {
  if (changed || signal === 'path') return weight
  return weight * (facts.catchAll ? UNTOUCHED_IN_CATCH_ALL : UNTOUCHED[reach])
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
  place((facts) => facts.migration, 0.45, 'migration', 'a database migration'),
  place((facts, isView) => isView && facts.browser, 0.4, 'view', 'draws a page'),
  place((_, isView) => isView, 0.5, 'view', 'draws a page'),
  place(
    (facts) => facts.browser && facts.language === 'js',
    0.68,
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

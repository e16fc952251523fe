import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callBudget } from '#core/matrix/call-budget'
import type { Amount, Backoff, CallLayer, Extent, Interval } from '#core/matrix/call-layer'
import { type RunningLayer, type Seen, simulate } from './simulated-chain.ts'

/** A layer as the calculator is told of it, with one that runs as it may be meant. */
interface Twin {
  readonly told: CallLayer
  readonly running: RunningLayer
  /** The share of the full wait that chance may take in the running layer: [from, to]. */
  readonly chance: readonly [number, number]
}

const LIMIT = fc.option(fc.integer({ min: 1, max: 12 }))
const TOTAL = fc.option(fc.integer({ min: 1, max: 40 }))
/** Factors whose powers are exact, so that what falls together does so in both worlds. */
const FACTOR = fc.constantFrom(1, 1.5, 2, 3)

const NONE = fc.constant({
  backoff: { kind: 'none' } satisfies Backoff,
  wait: { first: 0, factor: 1, cap: null },
})
const FIXED = fc.integer({ min: 0, max: 5 }).map((ms) => ({
  backoff: { kind: 'fixed', ms } satisfies Backoff,
  wait: { first: ms, factor: 1, cap: null },
}))
const exponential = (jitter: boolean) =>
  fc
    .record({
      first: fc.integer({ min: 0, max: 4 }),
      factor: FACTOR,
      cap: fc.option(fc.integer({ min: 0, max: 9 })),
    })
    .map((wait) => ({
      backoff: {
        kind: 'exponential',
        firstMs: wait.first,
        factor: wait.factor,
        capMs: wait.cap,
        jitter,
      } satisfies Backoff,
      wait,
    }))

/** A layer of which everything is known, but perhaps what chance makes of its waits. */
const knownLayer = (jitter: boolean): fc.Arbitrary<Twin> =>
  fc
    .record({
      retries: fc.integer({ min: 0, max: 3 }),
      timeoutMs: LIMIT,
      totalMs: TOTAL,
      waits: fc.oneof(NONE, FIXED, exponential(jitter), exponential(false)),
    })
    .map(({ waits: { backoff, wait }, ...numbers }) => ({
      told: { name: 'layer', kind: 'call', ...numbers, backoff },
      running: { ...numbers, wait },
      chance: backoff.kind === 'exponential' && backoff.jitter ? [0, 1] : [1, 1],
    }))

const chainOf = (layer: fc.Arbitrary<Twin>) => fc.array(layer, { minLength: 1, maxLength: 4 })

const atOnce = () => 0
const never = () => null

/** Plays a chain; `share` says which part of its span chance takes of each wait, from 0 to 1. */
function play(
  chain: readonly Twin[],
  failsAfter: () => number | null,
  share: () => number,
): readonly Seen[] {
  const running = chain.map((twin) => twin.running)
  return simulate(running, {
    failsAfter,
    waited: (full, layer) => {
      const [from, to] = chain[layer]?.chance ?? [1, 1]
      return full * (from + (to - from) * share())
    },
  })
}

const budgetOf = (chain: readonly Twin[]) => callBudget(chain.map(({ told }) => told))

/** Both ends of an extent. */
function endsOf(extent: Extent): readonly [number, number] {
  if (extent === 'endless') return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  if (typeof extent === 'number') return [extent, extent]
  return [extent.least, extent.most ?? Number.POSITIVE_INFINITY]
}
const least = (extent: Extent) => endsOf(extent)[0]
const most = (extent: Extent) => endsOf(extent)[1]

const callsSeen = (seen: readonly Seen[]) => seen.map(({ calls }) => calls)
const runsSeen = (seen: readonly Seen[]) => seen.map(({ runMs }) => most(runMs))

/** Draws from a list again and again. */
function repeating<T>(values: readonly T[], otherwise: T): () => T {
  let at = -1
  return () => {
    at += 1
    return values[at % values.length] ?? otherwise
  }
}

describe('a chain of which everything is known', () => {
  test('makes as many calls as are counted where each fails at once', () => {
    fc.assert(
      fc.property(chainOf(knownLayer(false)), (chain) => {
        const budget = budgetOf(chain)
        const seen = callsSeen(play(chain, atOnce, () => 1))
        expect(budget.layers.map(({ calls }) => calls)).toEqual(seen)
        expect(budget.attempts).toBe(seen.at(-1))
      }),
      { numRuns: 2000 },
    )
  })

  test('lasts as long as is measured where no call is answered', () => {
    fc.assert(
      fc.property(chainOf(knownLayer(false)), (chain) => {
        const seen = play(chain, never, () => 1)
        expect(budgetOf(chain).layers.map(({ runMs }) => runMs)).toEqual(
          seen.map(({ runMs }) => runMs),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('retries without end until the limit of the run strikes', () => {
    const endless = fc
      .record({ totalMs: fc.integer({ min: 1, max: 40 }), ms: fc.integer({ min: 1, max: 5 }) })
      .map(({ totalMs, ms }): Twin => {
        const limits = { timeoutMs: null, totalMs }
        return {
          told: {
            ...{ name: 'layer', kind: 'call', retries: 'endless', ...limits },
            backoff: { kind: 'fixed', ms },
          },
          running: {
            ...{ retries: Number.POSITIVE_INFINITY, ...limits },
            wait: { first: ms, factor: 1, cap: null },
          },
          chance: [1, 1],
        }
      })
    const chains = fc.tuple(knownLayer(false), endless, knownLayer(false))
    fc.assert(
      fc.property(chains, (chain) => {
        const { layers } = budgetOf(chain)
        expect(layers.map(({ calls }) => calls)).toEqual(callsSeen(play(chain, atOnce, () => 1)))
        const silent = play(chain, never, () => 1)
        expect(layers.map(({ runMs }) => most(runMs))).toEqual(runsSeen(silent))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a chain whose waits are left to chance', () => {
  test('reaches one end of each interval without waits, and the other with all of them', () => {
    fc.assert(
      fc.property(chainOf(knownLayer(true)), (chain) => {
        const { layers } = budgetOf(chain)
        const none = () => 0
        const full = () => 1
        expect(layers.map(({ calls }) => [least(calls), most(calls)])).toEqual(
          callsSeen(play(chain, atOnce, full)).map((fewest, at) => [
            fewest,
            callsSeen(play(chain, atOnce, none))[at],
          ]),
        )
        expect(layers.map(({ runMs }) => [least(runMs), most(runMs)])).toEqual(
          runsSeen(play(chain, never, none)).map((shortest, at) => [
            shortest,
            runsSeen(play(chain, never, full))[at],
          ]),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('never calls more often nor lasts longer, whatever chance and the other side do', () => {
    const durations = fc.array(fc.option(fc.integer({ min: 0, max: 15 })), { minLength: 1 })
    const shares = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1 })
    fc.assert(
      fc.property(chainOf(knownLayer(true)), durations, shares, (chain, failing, waiting) => {
        const seen = play(chain, repeating(failing, null), repeating(waiting, 1))
        for (const [at, { calls, runMs }] of budgetOf(chain).layers.entries()) {
          expect(most(calls)).toBeGreaterThanOrEqual(seen[at]?.calls ?? Number.NaN)
          expect(most(runMs)).toBeGreaterThanOrEqual(runsSeen(seen)[at] ?? Number.NaN)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

/** The ways of telling a number without telling it wrong. */
const vague = (value: number, floor: number): fc.Arbitrary<Amount> => {
  const below = fc.integer({ min: 0, max: 4 }).map((by) => Math.max(floor, value - by))
  return fc.oneof(
    fc.constant(value),
    fc.record({ least: below, most: fc.integer({ min: 0, max: 4 }).map((by) => value + by) }),
    fc.record({ least: below, most: fc.constant(null) }),
  )
}
const vagueLimit = (limit: number | null): fc.Arbitrary<Amount | null> => {
  if (limit !== null) return vague(limit, 0)
  const from: fc.Arbitrary<Interval> = fc
    .integer({ min: 0, max: 20 })
    .map((atLeast) => ({ least: atLeast, most: null }))
  return fc.oneof(fc.constant(null), from)
}
const vagueBackoff = (backoff: Backoff): fc.Arbitrary<Backoff> => {
  if (backoff.kind === 'fixed' && typeof backoff.ms === 'number') {
    return fc.record({ kind: fc.constant('fixed'), ms: vague(backoff.ms, 0) })
  }
  if (
    backoff.kind === 'exponential' &&
    typeof backoff.firstMs === 'number' &&
    typeof backoff.factor === 'number' &&
    (typeof backoff.capMs === 'number' || backoff.capMs === null)
  ) {
    return fc.record({
      kind: fc.constant('exponential'),
      firstMs: vague(backoff.firstMs, 0),
      factor: vague(backoff.factor, 1),
      capMs: vagueLimit(backoff.capMs),
      jitter: backoff.jitter ? fc.constant(true) : fc.boolean(),
    })
  }
  return fc.constant(backoff)
}

/** A layer of which little is told, and one that it may be. */
const vagueLayer: fc.Arbitrary<Twin> = knownLayer(true).chain(({ told, running, chance }) =>
  fc
    .record({
      retries: vague(running.retries, 0),
      timeoutMs: vagueLimit(running.timeoutMs),
      totalMs: vagueLimit(running.totalMs),
      backoff: fc.oneof(
        { weight: 4, arbitrary: vagueBackoff(told.backoff) },
        { weight: 1, arbitrary: fc.constant<Backoff>({ kind: 'unknown' }) },
      ),
    })
    .map((less) => ({
      told: { ...told, ...less },
      running,
      // What is unknown may be any wait: here, up to three times the one that was drawn.
      chance: less.backoff.kind === 'unknown' ? [0, 3] : chance,
    })),
)

describe('a chain of which not everything is known', () => {
  test('never leaves its intervals, whatever the unknowns are', () => {
    const shares = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1 })
    fc.assert(
      fc.property(chainOf(vagueLayer), shares, (chain, waiting) => {
        const { layers } = budgetOf(chain)
        const failing = callsSeen(play(chain, atOnce, repeating(waiting, 1)))
        const silent = runsSeen(play(chain, never, repeating(waiting, 1)))
        for (const [at, { calls, runMs }] of layers.entries()) {
          expect(least(calls)).toBeLessThanOrEqual(failing[at] ?? Number.NaN)
          expect(most(calls)).toBeGreaterThanOrEqual(failing[at] ?? Number.NaN)
          expect(least(runMs)).toBeLessThanOrEqual(silent[at] ?? Number.NaN)
          expect(most(runMs)).toBeGreaterThanOrEqual(silent[at] ?? Number.NaN)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('lasts as long as each end of the interval says, for the lowest and the highest unknowns', () => {
    const pairs = chainOf(knownLayer(false)).chain((low) =>
      fc.record({
        low: fc.constant(low),
        more: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 8 }),
      }),
    )
    fc.assert(
      fc.property(pairs, ({ low, more }) => {
        const next = repeating(more, 0)
        const high = low.map((twin) => raised(twin, next))
        const told = low.map((twin, at) => spanning(twin, high[at] ?? twin))
        const lowest = runsSeen(play(low, never, () => 1))
        const highest = runsSeen(play(high, never, () => 1))
        expect(callBudget(told).layers.map(({ runMs }) => endsOf(runMs))).toEqual(
          lowest.map((shortest, at) => [shortest, highest[at]]),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('has no number of attempts where the retries of one layer are unknown', () => {
    const place = fc.nat({ max: 3 })
    fc.assert(
      fc.property(chainOf(knownLayer(false)), place, (chain, at) => {
        const told = chain.map(
          (twin): CallLayer => ({ ...twin.told, timeoutMs: null, totalMs: null }),
        )
        const unknown = { least: 0, most: null }
        const vagueChain = told.map((layer, index) =>
          index === at % told.length ? { ...layer, retries: unknown } : layer,
        )
        expect(callBudget(vagueChain).attempts).toMatchObject({ most: null })
      }),
    )
  })
})

const raisedBy = (limit: number | null, by: number) => (limit === null ? null : limit + by)

/** The same layer with higher numbers; its waits stay of the same kind. */
function raised({ running, ...twin }: Twin, next: () => number): Twin {
  const wait = { ...running.wait, first: running.wait.first + next() }
  return {
    ...twin,
    running: {
      retries: running.retries + next(),
      timeoutMs: raisedBy(running.timeoutMs, next()),
      totalMs: raisedBy(running.totalMs, next()),
      wait: { ...wait, cap: raisedBy(wait.cap, next()) },
    },
  }
}

/** What is told of a layer that lies between two. */
function spanning(low: Twin, high: Twin): CallLayer {
  const span = (from: number, to: number): Interval => ({ least: from, most: to })
  const limit = (from: number | null, to: number | null) =>
    from === null || to === null ? null : span(from, to)
  const { running: from } = low
  const { running: to } = high
  return {
    name: 'layer',
    kind: 'call',
    retries: span(from.retries, to.retries),
    timeoutMs: limit(from.timeoutMs, to.timeoutMs),
    totalMs: limit(from.totalMs, to.totalMs),
    backoff: {
      kind: 'exponential',
      firstMs: span(from.wait.first, to.wait.first),
      factor: from.wait.factor,
      capMs: limit(from.wait.cap, to.wait.cap),
      jitter: false,
    },
  }
}

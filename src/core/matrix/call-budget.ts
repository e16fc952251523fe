import type { CallLayer, Extent, LayerKind } from '#core/matrix/call-layer'
import { type Ends, endsOfLayer, extentOf, type KnownLayer } from '#core/matrix/layer-ends'
import { countWhile, sumOfWaits, times, type Waits } from '#core/matrix/waits'

/**
 * The worst case of one run of a layer, where it stands in its chain: limits of the layers around it
 * cut it. A run is all attempts of the layer, and is what the layer around it calls one attempt.
 */
export interface LayerBudget {
  readonly name: string
  readonly kind: LayerKind
  /** The most calls that reach the other side in one run: the other side fails at once. */
  readonly calls: Extent
  /** The longest that one run lasts, in milliseconds: the other side never answers. */
  readonly runMs: Extent
}

/** The worst case of a chain of layers. */
export interface CallBudget {
  /** How often the other side may be called for one run of the whole chain. */
  readonly attempts: Extent
  /** In the order of the chain, innermost first. */
  readonly layers: readonly LayerBudget[]
  /**
   * The longest that whoever waits for the answer waits for this chain, in milliseconds: one run of
   * the layers inside the first queue or provider, not cut by what is around them. null: there are
   * no such layers.
   */
  readonly answerMs: Extent | null
}

/**
 * How often a chain of layers, innermost first, may call the other side, and how long it may take.
 *
 * The two worst cases come from two behaviours of the other side. The most calls are made when each
 * fails at once, and takes no time: without limits, that is the product of the attempts of all layers.
 * The longest run is the one whose calls are never answered. No other behaviour, and no mixture, makes
 * more calls or lasts longer.
 *
 * - An attempt ends when the layer inside gives up or when the attempt's limit strikes; then the layer
 *   waits and tries again, or gives up after its last attempt. A total limit ends the run wherever it
 *   stands, in a wait as well.
 * - What a limit strikes is abandoned at that very moment with all that is inside it: no further call,
 *   no further wait. A call that was on its way counts as made. The layer around counts a failed
 *   attempt like any other.
 * - A limit that strikes in the moment in which something would begin or end comes first.
 *
 * What is not known, and chance, give intervals. An interval contains the worst case of every choice of
 * the unknowns. The ends of `runMs` and `answerMs` are always worst cases of such a choice (for limits
 * from 0: approached by it). Those of `calls` and `attempts` are, too, as long as no limit is unknown
 * and unknown retries cannot be cut by one; else the interval may be wider than it had to be, because
 * a shorter inner run can make room for more outer attempts.
 *
 * @throws RangeError for numbers that no layer has, see `endsOfLayer`.
 */
export function callBudget(chain: readonly CallLayer[]): CallBudget {
  const bounds = boundsOfChain(chain)
  const cuts = limitsAround(bounds.map((each) => each.ends))
  const layers = bounds.map(({ layer, calls, runMs }, index): LayerBudget => {
    const cut = cuts[index] ?? UNCUT
    return {
      name: layer.name,
      kind: layer.kind,
      calls: extentOf({ least: calls.least(cut.least), most: calls.most(cut.most) }),
      runMs: extentOf({
        least: Math.min(runMs.least, cut.least),
        most: Math.min(runMs.most, cut.most),
      }),
    }
  })
  const after = chain.findIndex(({ kind }) => kind === 'queue' || kind === 'provider')
  const outermost = bounds.at(after === -1 ? -1 : after - 1)
  return {
    attempts: layers.at(-1)?.calls ?? 1,
    layers,
    answerMs: after === 0 || outermost === undefined ? null : extentOf(outermost.runMs),
  }
}

const UNCUT: Ends<number> = { least: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY }

/** How many calls a run makes that is cut after some milliseconds; those of its first moment always. */
type CallsWithin = (cutMs: number) => number

interface LayerBounds {
  readonly layer: CallLayer
  readonly ends: Ends<KnownLayer>
  readonly calls: Ends<CallsWithin>
  /** Of a run whose calls never answer. */
  readonly runMs: Ends<number>
}

function boundsOfChain(chain: readonly CallLayer[]): readonly LayerBounds[] {
  let calls: Ends<CallsWithin> = { least: () => 1, most: () => 1 }
  let failingMs: Ends<number> = { least: 0, most: 0 }
  let silentMs: Ends<number> = UNCUT
  return chain.map((layer) => {
    const ends = endsOfLayer(layer)
    const { least, most } = ends
    // The fewest calls are those of the fewest attempts at the slowest pace, and the other way round.
    calls = {
      least: callsWithin(least, paceOf(most, failingMs.most), calls.least),
      most: callsWithin(most, paceOf(least, failingMs.least), calls.most),
    }
    failingMs = { least: runOf(least, failingMs.least), most: runOf(most, failingMs.most) }
    silentMs = { least: runOf(least, silentMs.least), most: runOf(most, silentMs.most) }
    return { layer, ends, calls, runMs: silentMs }
  })
}

/** For each layer, the shortest limit of the layers around it: their first runs begin together. */
function limitsAround(chain: readonly Ends<KnownLayer>[]): readonly Ends<number>[] {
  const shortest = (around: readonly Ends<KnownLayer>[], end: keyof Ends<KnownLayer>) =>
    Math.min(...around.flatMap((each) => [each[end].timeoutMs, each[end].totalMs]))
  return chain.map((_, index) => {
    const around = chain.slice(index + 1)
    return { least: shortest(around, 'least'), most: shortest(around, 'most') }
  })
}

/** When the attempts of a run begin: each lasts as long as any other. */
interface Pace {
  readonly attemptMs: number
  readonly waits: Waits
}

function paceOf(layer: KnownLayer, innerMs: number): Pace {
  return { attemptMs: Math.min(layer.timeoutMs, innerMs), waits: layer.waits }
}

/** When the attempt begins that has `index` attempts before it, in milliseconds from the run's start. */
function startOf({ attemptMs, waits }: Pace, index: number): number {
  return times(index, attemptMs) + sumOfWaits(waits, index)
}

/** How long a run lasts whose inner runs last `innerMs`. */
function runOf(layer: KnownLayer, innerMs: number): number {
  if (layer.attempts === Number.POSITIVE_INFINITY) return layer.totalMs
  const pace = paceOf(layer, innerMs)
  return Math.min(layer.totalMs, startOf(pace, layer.attempts - 1) + pace.attemptMs)
}

function callsWithin(layer: KnownLayer, pace: Pace, inner: CallsWithin): CallsWithin {
  return (cutMs) => {
    const limitMs = Math.min(cutMs, layer.totalMs)
    const begun = attemptsBegun(layer.attempts, pace, limitMs)
    if (begun === Number.POSITIVE_INFINITY) return begun
    // Without a limit the start may lie at infinity, where waits are unknown: nothing is left of it.
    const unlimited = limitMs === Number.POSITIVE_INFINITY
    const leftMs = unlimited ? limitMs : limitMs - startOf(pace, begun - 1)
    const last = inner(Math.min(layer.timeoutMs, leftMs))
    return times(begun - 1, inner(layer.timeoutMs)) + last
  }
}

function attemptsBegun(attempts: number, pace: Pace, limitMs: number): number {
  if (limitMs === Number.POSITIVE_INFINITY) return attempts
  const begins = (index: number) => {
    const start = startOf(pace, index)
    return start === 0 || start < limitMs
  }
  return countWhile(begins, attempts)
}

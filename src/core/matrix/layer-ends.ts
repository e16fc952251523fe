import { assertNever } from '#core/exhaustive'
import type { Amount, Backoff, CallLayer, Extent } from '#core/matrix/call-layer'
import { NO_WAITS, type Waits } from '#core/matrix/waits'

/** Both ends of something, whose numbers are Infinity where nothing bounds them. */
export interface Ends<T> {
  readonly least: T
  readonly most: T
}

/** A layer whose numbers are all known. `attempts` counts the first one too. */
export interface KnownLayer {
  readonly attempts: number
  readonly timeoutMs: number
  readonly totalMs: number
  readonly waits: Waits
}

/**
 * The layer with the lowest and with the highest of each of its numbers.
 *
 * @throws RangeError for numbers that no layer has: negative, not finite, retries that are not whole,
 * a limit of 0, a factor below 1, an interval whose ends are the wrong way round.
 */
export function endsOfLayer(layer: CallLayer): Ends<KnownLayer> {
  const named = (what: string) => `${what} of the layer "${layer.name}"`
  const retries = endsOfRetries(layer.retries, named('retries'))
  const timeoutMs = endsOfLimit(layer.timeoutMs, named('timeoutMs'))
  const totalMs = endsOfLimit(layer.totalMs, named('totalMs'))
  const waits = endsOfBackoff(layer.backoff, named)
  const at = (end: keyof Ends<KnownLayer>): KnownLayer => ({
    attempts: retries[end] + 1,
    timeoutMs: timeoutMs[end],
    totalMs: totalMs[end],
    waits: waits[end],
  })
  return { least: at('least'), most: at('most') }
}

/**
 * The ends of an extent; `what` names it in the error.
 *
 * @throws RangeError for an amount that is negative or not finite, or whose ends are the wrong way
 * round.
 */
export function endsOfExtent(extent: Extent, what: string): Ends<number> {
  if (extent === 'endless') return same(Number.POSITIVE_INFINITY)
  const ends = typeof extent === 'number' ? same(extent) : extent
  const { least, most } = ends
  const finite = Number.isFinite(least) && (most === null || Number.isFinite(most))
  if (!finite || least < 0 || (most !== null && most < least)) {
    throw new RangeError(
      `${what}: ${shown(extent)} is no amount; it is finite, not negative, least before most`,
    )
  }
  return { least, most: most ?? Number.POSITIVE_INFINITY }
}

/** What both ends say: the number where they agree, the interval where they do not. */
export function extentOf({ least, most }: Ends<number>): Extent {
  const bound = most === Number.POSITIVE_INFINITY ? null : most
  if (least !== most) return { least, most: bound }
  return bound ?? 'endless'
}

function endsOfRetries(retries: Extent, what: string): Ends<number> {
  const ends = endsOfExtent(retries, what)
  const whole = (count: number) => count === Number.POSITIVE_INFINITY || Number.isSafeInteger(count)
  if (!whole(ends.least) || !whole(ends.most)) {
    throw new RangeError(`${what}: ${shown(retries)} is no count; it is a whole number`)
  }
  return ends
}

function endsOfLimit(limit: Amount | null, what: string): Ends<number> {
  if (limit === null) return same(Number.POSITIVE_INFINITY)
  const ends = endsOfExtent(limit, what)
  if (ends.most === 0) {
    throw new RangeError(`${what}: a limit is above 0; say null where 0 means that there is none`)
  }
  return ends
}

function endsOfBackoff(backoff: Backoff, named: (what: string) => string): Ends<Waits> {
  switch (backoff.kind) {
    case 'none':
      return same(NO_WAITS)
    case 'unknown':
      return { least: NO_WAITS, most: { ...NO_WAITS, firstMs: Number.POSITIVE_INFINITY } }
    case 'fixed': {
      const ms = endsOfExtent(backoff.ms, named('backoff.ms'))
      return {
        least: { ...NO_WAITS, firstMs: ms.least },
        most: { ...NO_WAITS, firstMs: ms.most },
      }
    }
    case 'exponential':
      return endsOfExponential(backoff, named)
    default:
      return assertNever(backoff)
  }
}

function endsOfExponential(
  backoff: Extract<Backoff, { kind: 'exponential' }>,
  named: (what: string) => string,
): Ends<Waits> {
  const firstMs = endsOfExtent(backoff.firstMs, named('backoff.firstMs'))
  const factor = endsOfExtent(backoff.factor, named('backoff.factor'))
  const capMs = endsOfExtent(backoff.capMs ?? 'endless', named('backoff.capMs'))
  if (factor.least < 1) {
    throw new RangeError(
      `${named('backoff.factor')}: ${shown(backoff.factor)} is below 1; waits that shrink are not computed`,
    )
  }
  const at = (end: keyof Ends<Waits>): Waits => ({
    firstMs: firstMs[end],
    factor: factor[end],
    capMs: capMs[end],
  })
  return { least: backoff.jitter ? NO_WAITS : at('least'), most: at('most') }
}

/** JSON has no word for the numbers that are not finite. */
function shown(extent: Extent): string {
  return typeof extent === 'object' ? `${extent.least} to ${extent.most}` : String(extent)
}

function same<T>(value: T): Ends<T> {
  return { least: value, most: value }
}

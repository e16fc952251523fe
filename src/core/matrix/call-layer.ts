/**
 * A number of which only the ends are known, both included. `most: null` says that nothing bounds it
 * from above, or that nobody knows what does.
 */
export interface Interval {
  readonly least: number
  readonly most: number | null
}

/** A number that is known, or the interval in which it lies. */
export type Amount = number | Interval

/** An amount, or what is known to have no end at all. An interval without `most` may have one. */
export type Extent = Amount | 'endless'

/** The amount of which nothing is known. As a limit it is some limit, or none. */
export const UNKNOWN: Interval = { least: 0, most: null }

/**
 * How long a layer waits between two attempts, in milliseconds; never before the first attempt and
 * never after the last. Exponential: the wait after attempt i, counted from 0, is
 * `firstMs × factor^i`, at most `capMs` (null: no cap). `factor` is 1 or more.
 *
 * `jitter` says that chance makes each wait anything from 0 to the full one. Say it as well where it
 * is not known whether there is any, and where chance takes only a part off the wait. Where chance
 * adds to the wait, the longest wait is the full one. `unknown` is any wait, each time another.
 */
export type Backoff =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly ms: Amount }
  | {
      readonly kind: 'exponential'
      readonly firstMs: Amount
      readonly factor: Amount
      readonly capMs: Amount | null
      readonly jitter: boolean
    }
  | { readonly kind: 'unknown' }

/**
 * Who repeats. `call`: the SDK or the HTTP client, by its defaults or by the options of the call.
 * `wrapper`: our own code around it. `queue` delivers our job again, `provider` its webhook: what
 * these two repeat runs after the answer, or instead of it.
 */
export type LayerKind = 'call' | 'wrapper' | 'queue' | 'provider'

/**
 * One layer that attempts again what the layer inside it failed to do. `name` is for whoever shows
 * it, and need not be unique.
 *
 * - `retries`: attempts beyond the first. `endless` tries until it works.
 * - `timeoutMs`: the limit of one attempt, waits between attempts not counted. null: no limit.
 * - `totalMs`: the limit of all attempts and waits of one run together. null: no limit.
 *
 * A limit is above 0, and an interval of limits from 0 is any limit above it. Clients that read 0 as
 * "no limit" have the limit null. So has a limit which does not stop the work inside, such as a race
 * against a timer whose loser goes on.
 */
export interface CallLayer {
  readonly name: string
  readonly kind: LayerKind
  readonly retries: Extent
  readonly timeoutMs: Amount | null
  readonly totalMs: Amount | null
  readonly backoff: Backoff
}

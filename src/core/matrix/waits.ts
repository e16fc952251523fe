/**
 * Waits that are known: the one after attempt i, counted from 0, is `firstMs × factor^i`, at most
 * `capMs`. `factor` is 1 or more; each of the three may be Infinity.
 */
export interface Waits {
  readonly firstMs: number
  readonly factor: number
  readonly capMs: number
}

/** No wait between attempts. */
export const NO_WAITS: Waits = { firstMs: 0, factor: 1, capMs: Number.POSITIVE_INFINITY }

/** The sum of the first `count` waits, in milliseconds. `count` is a whole number, and finite. */
export function sumOfWaits(waits: Waits, count: number): number {
  const { firstMs, factor, capMs } = waits
  if (factor === 1 || firstMs === 0) return times(count, Math.min(firstMs, capMs))
  const growing =
    capMs === Number.POSITIVE_INFINITY
      ? count
      : countWhile((index) => firstMs * factor ** index < capMs, count)
  return geometricSum(firstMs, factor, growing) + times(count - growing, capMs)
}

function geometricSum(first: number, factor: number, count: number): number {
  if (count < 2) return times(count, first)
  // The formula below would divide infinity by infinity.
  if (factor === Number.POSITIVE_INFINITY) return factor
  return (first * (factor ** count - 1)) / (factor - 1)
}

/** The product in which nothing times no end is nothing. */
export function times(count: number, amount: number): number {
  return count === 0 || amount === 0 ? 0 : count * amount
}

/**
 * How many of the indexes below `end` come before the first that does not hold. `holds` is true up
 * to some index and false from there on. `end` may be Infinity, and is the answer where it is out of
 * reach of exact numbers: counts may be in the billions, so they are not walked one by one.
 */
export function countWhile(holds: (index: number) => boolean, end: number): number {
  let held = 0
  let step = 1
  const reaches = () => held + step <= end && holds(held + step - 1)
  while (reaches()) {
    held += step
    step *= 2
    if (held + step > Number.MAX_SAFE_INTEGER) return end
  }
  for (; step >= 1; step /= 2) {
    if (reaches()) held += step
  }
  return held
}

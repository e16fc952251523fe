import * as z from 'zod'

/**
 * What people who did not know the rule said of what it found in public code that nobody had looked
 * at before: of all readings, or of the newest alone where that had ten findings or more, because
 * the rule was mended after those before. Findings of one verdict in one file count once.
 */
export const TrackRecord = z.strictObject({
  right: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
  /** Right as such, but whether it deserves a comment is a matter of taste. */
  arguable: z.int().nonnegative(),
})
export type TrackRecord = z.infer<typeof TrackRecord>

/** How often a rule that comments on lines is right at least, from 0 to 1. */
const RIGHT_SHARE = 0.8
/** A rule may have had bad luck; of a hundred good ones, one has worse. There are more than a hundred. */
const BAD_LUCK = 0.01

/** Whether a rule that is right four times of five would hardly have such a record. */
export function isDoubtful({ right, wrong }: TrackRecord): boolean {
  return atMost(right, right + wrong) < BAD_LUCK
}

/** What was said of several rules, as if they were one. */
export function together(records: readonly TrackRecord[]): TrackRecord {
  return records.reduce(
    (sum, { right, wrong, arguable }) => ({
      right: sum.right + right,
      wrong: sum.wrong + wrong,
      arguable: sum.arguable + arguable,
    }),
    { right: 0, wrong: 0, arguable: 0 },
  )
}

/** How likely so many findings of all are right, or fewer: the lower tail of the binomial. */
function atMost(right: number, all: number): number {
  const odds = Math.log(RIGHT_SHARE / (1 - RIGHT_SHARE))
  // Logarithms, because the first terms of a long record are smaller than any number.
  let term = all * Math.log(1 - RIGHT_SHARE)
  let sum = Math.exp(term)
  for (let count = 1; count <= right; count += 1) {
    term += Math.log((all - count + 1) / count) + odds
    sum += Math.exp(term)
  }
  return sum
}

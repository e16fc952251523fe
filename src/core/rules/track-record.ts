import * as z from 'zod'

/** What was said of findings. */
const Verdicts = z.strictObject({
  right: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
  /** Right as such, but whether it deserves a comment is a matter of taste. */
  arguable: z.int().nonnegative(),
})
type Verdicts = z.infer<typeof Verdicts>

const NONE: Verdicts = { right: 0, wrong: 0, arguable: 0 }

/**
 * What people who did not know the rule said of what it finds in public code that nobody had looked
 * at before. What a mend took away since counts no longer, right or wrong: of the places that were
 * judged, the record holds those that the rule still speaks of, where they could be read again, and
 * else all of them. Findings of one verdict in one file count once.
 */
export const TrackRecord = Verdicts.extend({
  /** The part of it that was said of changes, as of pull requests; the rest was said of whole trees. */
  changes: Verdicts.default(NONE),
})
export type TrackRecord = z.infer<typeof TrackRecord>

/** The record of a rule of which nobody has read a finding. */
export const NEVER_JUDGED: TrackRecord = { ...NONE, changes: NONE }

/** How often a rule that comments on lines is right at least, from 0 to 1. */
const RIGHT_SHARE = 0.8
/** A rule may have had bad luck; of a hundred good ones, one has worse. There are more than a hundred. */
const BAD_LUCK = 0.01

/**
 * Whether a rule is too often wrong to comment on lines: it was right less often than four times of
 * five in changes, or in all code while no change of it was judged; or a rule that is right so often
 * would hardly have such a record of all code.
 */
export function isDoubtful({ right, wrong, changes }: TrackRecord): boolean {
  const read = changes.right + changes.wrong > 0 ? changes : { right, wrong }
  if (5 * read.right < 4 * (read.right + read.wrong)) return true
  return atMost(right, right + wrong) < BAD_LUCK
}

/** What was said of several rules, as if they were one. */
export function together(records: readonly TrackRecord[]): TrackRecord {
  return { ...sum(records), changes: sum(records.map(({ changes }) => changes)) }
}

const sum = (all: readonly Verdicts[]): Verdicts =>
  all.reduce(
    (one, { right, wrong, arguable }) => ({
      right: one.right + right,
      wrong: one.wrong + wrong,
      arguable: one.arguable + arguable,
    }),
    NONE,
  )

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

import * as z from 'zod'

/**
 * What people who did not know the rule said of what it finds in public code that nobody had looked
 * at before. What a mend took away since counts no longer, right or wrong: of the places that were
 * judged, the record holds those that the rule still speaks of, where they could be read again, and
 * else all of them. Findings of one verdict in one file count once.
 */
export const TrackRecord = z.strictObject({
  right: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
  /** Right as such, but whether it deserves a comment is a matter of taste. */
  arguable: z.int().nonnegative(),
})
export type TrackRecord = z.infer<typeof TrackRecord>

/** Whether a rule was right less often than four times of five: too seldom to comment on lines. */
export function isDoubtful({ right, wrong }: TrackRecord): boolean {
  return 5 * right < 4 * (right + wrong)
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

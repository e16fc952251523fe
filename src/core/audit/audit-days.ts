/** The days that an audit goes by, each such as `2026-11-22`. */
export interface AuditDays {
  readonly today: string
  /** What counts as unknown from this day or an earlier one is told of. */
  readonly factsUntil: string
  /** What ends on this day or an earlier one is told of. */
  readonly versionsUntil: string
}

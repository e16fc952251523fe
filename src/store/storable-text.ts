/** Longest reason that is kept: it is for a person to read. In UTF-16 units. */
const LONGEST_REASON = 2_000

/** Postgres holds neither NUL nor half a surrogate pair, and strangers may write both. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** A reason as it is kept beside a job, run or delivery. */
export function storableReason(because: string): string {
  return storable(because.slice(0, LONGEST_REASON))
}

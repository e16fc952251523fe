/**
 * Options of Node for a process that lives for seconds: the embedded Postgres is compiled once, and
 * not a second time for speed, which takes longer than all that a test asks of it.
 */
export const SHORT_LIVED: readonly string[] = ['--liftoff-only']

import type { Sign } from '#core/matrix/region'

/** What the protections of calls look like in a language and its libraries. */
export interface LanguageSigns {
  readonly timeout: readonly Sign[]
  readonly retry: readonly Sign[]
  /** The loops of attempts, and whether what they wrap is caught by them. */
  readonly loops: readonly Sign[]
  /** A loop without end, which tries again only where a failure is caught in it. */
  readonly endless: RegExp
  /** Waits grow; waits vary; or a library makes them do both. */
  readonly grows: readonly Sign[]
  readonly jitters: readonly Sign[]
  readonly both: readonly Sign[]
  readonly key: readonly Sign[]
  readonly limits: readonly Sign[]
  readonly breaker: readonly Sign[]
  readonly tells: readonly Sign[]
  /** A handler of failures, whichever they are. */
  readonly catchesAll: RegExp
  readonly batch: RegExp
  readonly parts: readonly Sign[]
  readonly traces: readonly Sign[]
}

import type { Fact, Language } from '#core/facts/fact'

/**
 * One ast-grep rule for one language, ready to be run. `document` is what ast-grep reads, in its
 * own format; its `id` is the matcher's id, by which a match finds the way back to its `kind`.
 */
export interface Matcher {
  readonly id: string
  readonly kind: Fact['kind']
  /** The rule's id within its pack. */
  readonly by: string
  readonly language: Language
  /** Captures that hold for every match. */
  readonly set: Readonly<Record<string, string>>
  /** Captures that reach from one capture to another; the two then go. */
  readonly join?: Readonly<Record<string, readonly [string, string]>>
  readonly document: Readonly<Record<string, unknown>>
}

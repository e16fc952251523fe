import type { Plan } from '#core/plan/plan'
import type { Report } from '#core/report/report'
import type { Effect, EffectStep } from '#flow/ports'

/** Whether a pull request is reviewed automatically, as it was last said. */
export interface Pause {
  readonly paused: boolean
  /** The login of the person who said so; null when it was the app itself. */
  readonly by: string | null
  /** Why, in a sentence without a full stop; empty when a person gave no reason. */
  readonly because: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Which pull requests are paused. A pull request is named by the key of its review job. */
export interface Pauses {
  /** What was last said of it; null when nothing ever was: then it is not paused. */
  of(pullKey: string): Promise<Pause | null>
  set(pullKey: string, pause: Pause): Promise<void>
}

/**
 * The durable answer to one comment. Its words are frozen before they are posted, so that a restart
 * posts the same and asks no model again; the effects are those of posting.
 */
export interface AnswerRecord {
  readonly signal: AbortSignal
  words(): Promise<string | null>
  /** Keeps the words once: what was frozen before stands, and comes back. */
  freeze(words: string): Promise<string>
  effect(step: EffectStep): Promise<Effect | null>
  intend(step: EffectStep): Promise<Effect>
  done(step: EffectStep, objectId: string | null): Promise<void>
  withdraw(step: EffectStep): Promise<void>
}

/** The answers, each named by the comment that it is for. */
export interface Answers {
  of(commentKey: string): AnswerRecord
}

/** The reviews of a pull request that were planned lately, newest first. */
export interface Reports {
  ofPull(pullKey: string): Promise<readonly Report[]>
  /** The plan of the latest review of a pull request that was carried out; null for none. */
  latest(pullKey: string): Promise<Plan | null>
}

/** How often something may happen: so many times at once, and once more after each interval. */
export interface Allowance {
  readonly key: string
  readonly most: number
  /** Milliseconds. */
  readonly everyMs: number
}

/** Bounds what people can make the app do, over all processes and restarts. */
export interface Allowances {
  /**
   * Takes one of each, or of none when one is used up. `tell`: refused, and for an hour nobody was
   * told; `silent`: refused, and somebody was.
   */
  take(wanted: readonly Allowance[]): Promise<'granted' | 'tell' | 'silent'>
}

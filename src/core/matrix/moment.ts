import type { Span } from '#core/facts/fact'
import type { CallGraph } from '#core/matrix/call-graph'
import type { MomentKind } from '#core/matrix/delivery-signs'
import type { CodeFile } from '#core/rules/code'

/** Something that happens to a delivery, in the order in which it happens. */
export interface Moment {
  readonly kind: MomentKind
  readonly file: CodeFile
  readonly path: string
  readonly line: number
  readonly offset: number
  /** What was matched. */
  readonly text: string
  /** It runs after the answer or beside it. */
  readonly deferred: boolean
  /** It goes to another system. */
  readonly remote: boolean
  /** What is stored or handed on is more than an id. */
  readonly carries: boolean
  /** Who does it: what runs before the handler, the handler, or who works off what it keeps. */
  readonly part: Part
}

export type Part = 'before' | 'handler' | 'worker' | 'declared'

/** What a walk knows besides the code. */
export interface Walk {
  readonly graph: CallGraph
  /** Calls of a file that go to another system. */
  readonly requestsIn: (file: CodeFile) => readonly Span[]
}

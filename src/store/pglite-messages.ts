import * as z from 'zod'

/** Where the thread of the embedded store finds its database. */
export interface ThreadData {
  readonly folder: string
}

/**
 * When a statement runs: `held` at once, because its transaction has the session, `first` before
 * all that wait, `last` after them.
 */
export type Turn = 'held' | 'first' | 'last'

/**
 * What the thread of the embedded store is asked for. From `begin` to `commit` or `rollback` only
 * queries of turn `held` are answered; all others wait.
 */
export type Call =
  | {
      readonly kind: 'query'
      readonly text: string
      readonly params: readonly unknown[]
      readonly turn: Turn
    }
  /** Several statements without parameters; rolled back as one where one of them fails. */
  | { readonly kind: 'exec'; readonly text: string }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'close' }

/** A call, and the number that its reply carries. */
export interface Asked {
  readonly id: number
  readonly call: Call
}

/** What the thread says: that it is open, or what came of a call. */
export const Reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  z.object({ kind: z.literal('done'), id: z.int(), rows: z.array(z.unknown()) }),
  z.object({
    kind: z.literal('failed'),
    id: z.int(),
    message: z.string(),
    /** As Postgres sends them: `code` is the SQLSTATE, then `severity`, `constraint` and others. */
    fields: z.record(z.string(), z.string()),
  }),
])
export type Reply = z.infer<typeof Reply>

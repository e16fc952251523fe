import * as z from 'zod'

/** Why the filter decided as it did: which signal, what it saw, and on which line of the head. */
export const Reason = z.strictObject({
  signal: z.string().min(1),
  detail: z.string(),
  line: z.int().positive().nullable(),
})
export type Reason = z.infer<typeof Reason>

/** The filter's decision about one changed file. Skipped files keep their reasons. */
export interface FileDecision {
  readonly path: string
  readonly decision: 'selected' | 'skipped'
  /** 0 to 1: how sure we are that the file is about an integration. */
  readonly score: number
  readonly reasons: readonly Reason[]
  /** Ids of the provider packs that the file touches. */
  readonly providers: readonly string[]
}

/** One decision for every changed file, in the order of the diff. */
export type Selection = readonly FileDecision[]

import * as z from 'zod'
import { readYaml } from '#core/facts/fact-pack'
import { FindingClass } from '#core/findings/finding'
import type { Read } from '#core/problem'
import type { SourceText } from '#core/text/source-text'

/** Lines at head, 1-based and inclusive, at which a reviewer would point. */
const Lines = z
  .tuple([z.int().min(1), z.int().min(1)])
  .refine(([from, to]) => from <= to, 'the last line comes before the first')

const Defect = z.strictObject({
  class: FindingClass,
  path: z.string().min(1),
  lines: Lines,
  why: z.string().min(1),
})
export type Defect = z.infer<typeof Defect>

/** What a person says of a change: `expected.yml` beside the folders `base` and `head`. */
const Expected = z.strictObject({
  about: z.string().min(1),
  language: z.string().min(1),
  provider: z.string().nullable().default(null),
  /** Empty for a clean look-alike. */
  defects: z.array(Defect),
  /** True as well, but not what the case is about: neither asked for nor held against a rule. */
  also: z.array(Defect).default([]),
})
export type Expected = z.infer<typeof Expected>

/** One labelled change. Without files at base all of it is new. */
export interface LabelledCase {
  readonly id: string
  readonly expected: Expected
  readonly base: readonly SourceText[]
  readonly head: readonly SourceText[]
}

/** Reads `expected.yml`; every complaint carries its line. */
export function readExpected(source: SourceText): Read<Expected> {
  return readYaml(source, Expected)
}

import * as z from 'zod'
import { FILE_ROLES } from '#core/filter/file-role'
import { Reason } from '#core/filter/selection'
import { Finding, FindingClass, Severity } from '#core/findings/finding'
import { InventoryChange } from '#core/inventory/inventory'
import { MatrixDelta } from '#core/matrix/matrix'
import { Advice } from '#core/report/advice'

/** How much of a file was reviewed; anything but `reviewed` says why in `because`. */
export const Coverage = z.enum(['reviewed', 'partial', 'skipped', 'failed'])
export type Coverage = z.infer<typeof Coverage>

/** One line of the coverage ledger: there is one for every changed file. */
export const ReportFile = z.strictObject({
  path: z.string(),
  previousPath: z.string().nullable(),
  change: z.enum(['added', 'modified', 'removed', 'renamed']),
  decision: z.enum(['selected', 'skipped']),
  score: z.number().min(0).max(1),
  reasons: z.array(Reason),
  providers: z.array(z.string()),
  coverage: Coverage,
  because: z.string().nullable(),
})
export type ReportFile = z.infer<typeof ReportFile>

/** Selected files that make up one integration, with what each does in it. */
const ReportBundle = z.strictObject({
  name: z.string(),
  provider: z.string().nullable(),
  files: z.array(z.strictObject({ path: z.string(), role: z.enum(FILE_ROLES) })),
})

/** What was learned in a review and proposed for the repository's memory. */
const ReportLearning = z.strictObject({
  id: z.string(),
  topic: z.string(),
  text: z.string(),
  citation: z.strictObject({ path: z.string(), line: z.int().positive() }).nullable(),
})
export type ReportLearning = z.infer<typeof ReportLearning>

/** A finding that a maintainer has accepted, and the entry of the memory that says so. */
const SilencedFinding = z.strictObject({
  rule: z.string().nullable(),
  class: FindingClass,
  severity: Severity,
  path: z.string(),
  line: z.int().positive(),
  title: z.string(),
  /** The id of the entry. */
  entry: z.string(),
  by: z.string(),
  reason: z.string(),
})
export type SilencedFinding = z.infer<typeof SilencedFinding>

/** What the review knew from the memory, and what it kept quiet because of it. */
const ReportMemory = z.strictObject({
  recalled: z.array(
    z.strictObject({
      file: z.string(),
      entries: z.int().nonnegative(),
      /** Ids of entries whose cited line has changed. */
      suspect: z.array(z.string()),
    }),
  ),
  /** Files that concern the change and did not fit. */
  leftOut: z.array(z.string()),
  /** Facts of earlier reviews of the same pull request, which is not merged. */
  waiting: z.array(z.string()),
  silenced: z.array(SilencedFinding),
})
export type ReportMemory = z.infer<typeof ReportMemory>
export const NO_MEMORY: ReportMemory = { recalled: [], leftOut: [], waiting: [], silenced: [] }

/** Tokens and money that a review took. Tokens are counts, `usd` is dollars. */
export const Usage = z.strictObject({
  modelCalls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  cacheReadTokens: z.int().nonnegative(),
  cacheWriteTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  usd: z.number().nonnegative(),
})
export type Usage = z.infer<typeof Usage>

/** The report of one review: version 1 of the outer contract, described by docs/report.schema.json. */
export const Report = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  agent: z.string(),
  reviewer: z.enum(['rules', 'claude']),
  model: z.string().nullable(),
  base: z.string(),
  head: z.string(),
  status: z.enum(['reviewed', 'partial', 'not-reviewed']),
  because: z.string().nullable(),
  /** Things a person should know: unreadable settings, capped lists, a model that was not asked. */
  notes: z.array(z.string()),
  files: z.array(ReportFile),
  /** A file is in one bundle at most; reports of earlier versions have none. */
  bundles: z.array(ReportBundle).default([]),
  findings: z.array(Finding),
  inventory: z.strictObject({
    providers: z.array(
      z.strictObject({ id: z.string(), name: z.string(), files: z.array(z.string()) }),
    ),
    /** What the change adds to the repository's integrations and takes from them. */
    delta: z.array(InventoryChange),
  }),
  /** What protects the calls and handlers that the change touches; earlier reports have none. */
  matrix: MatrixDelta.default({ calls: [], handlers: [] }),
  learnings: z.array(ReportLearning),
  /** Reports of earlier versions have none. */
  memory: ReportMemory.default(NO_MEMORY),
  /** Null where no agent reviewed. */
  advice: Advice.nullable(),
  usage: Usage.nullable(),
  /** Milliseconds by step. */
  timings: z.record(z.string(), z.number().nonnegative()),
})
export type Report = z.infer<typeof Report>

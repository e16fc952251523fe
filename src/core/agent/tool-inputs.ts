import * as z from 'zod'
import { Impact, Likelihood } from '#core/agent/severity'
import { FindingClass } from '#core/findings/finding'

const path = z.string().min(1).max(1_000).describe('path relative to the repository root')
const version = z
  .enum(['head', 'base'])
  .default('head')
  .describe('head: after the change; base: before it')
const anchor = z.string().min(4).max(20).describe('an anchor exactly as shown, such as R12:a3f')
const words = (most: number) => z.string().trim().min(1).max(most)

/** Existing lines that support what is said. */
const citations = z.array(z.strictObject({ path, anchor })).min(1).max(8)

export const ReadFileInput = z.strictObject({
  path,
  version,
  offset: z.int().min(1).max(10_000_000).default(1).describe('first line to show, 1-based'),
  limit: z.int().min(1).max(800).default(400).describe('how many lines'),
})
export type ReadFileInput = z.infer<typeof ReadFileInput>

export const ListFilesInput = z.strictObject({
  under: z.string().max(1_000).default('').describe('a folder; empty for the whole repository'),
  version,
  offset: z.int().min(0).max(10_000_000).default(0).describe('how many entries to skip'),
})
export type ListFilesInput = z.infer<typeof ListFilesInput>

export const SearchCodeInput = z.strictObject({
  pattern: words(300).describe('a JavaScript regular expression, matched line by line'),
  under: z.string().max(1_000).default('').describe('a folder; empty for the whole repository'),
  version,
})
export type SearchCodeInput = z.infer<typeof SearchCodeInput>

const memoryPath = z
  .string()
  .min(1)
  .max(300)
  .describe('below /memories, such as /memories/stripe.md')
const memoryText = z.string().max(30_000)

/** What the API is told: one flat object, because it takes no alternatives at the top of a schema. */
export const MemoryShape = z.strictObject({
  command: z.enum(['view', 'create', 'str_replace', 'insert', 'delete', 'rename']),
  path: memoryPath.optional().describe('for all commands but rename'),
  view_range: z.array(z.int()).length(2).optional().describe('for view: first and last line'),
  file_text: memoryText.optional().describe('for create'),
  old_str: memoryText.optional().describe('for str_replace: text that occurs exactly once'),
  new_str: memoryText.optional().describe('for str_replace'),
  insert_line: z.int().min(0).optional().describe('for insert: the line after which; 0 is the top'),
  insert_text: memoryText.optional().describe('for insert'),
  old_path: memoryPath.optional().describe('for rename'),
  new_path: memoryPath.optional().describe('for rename'),
})

/** What a memory call must be: the commands of Anthropic's memory tool. */
export const MemoryInput = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('view'),
    path: memoryPath,
    view_range: z.tuple([z.int(), z.int()]).optional(),
  }),
  z.strictObject({ command: z.literal('create'), path: memoryPath, file_text: memoryText }),
  z.strictObject({
    command: z.literal('str_replace'),
    path: memoryPath,
    old_str: memoryText.min(1),
    new_str: memoryText.default(''),
  }),
  z.strictObject({
    command: z.literal('insert'),
    path: memoryPath,
    insert_line: z.int().min(0).max(1_000_000),
    insert_text: memoryText,
  }),
  z.strictObject({ command: z.literal('delete'), path: memoryPath }),
  z.strictObject({ command: z.literal('rename'), old_path: memoryPath, new_path: memoryPath }),
])
export type MemoryInput = z.infer<typeof MemoryInput>

export const ReportFindingInput = z.strictObject({
  class: FindingClass,
  impact: Impact,
  likelihood: Likelihood,
  path: path.describe('the changed file that the finding is about'),
  anchor: anchor.describe('the last line of the finding, within the diff'),
  start_anchor: anchor.optional().describe('the first line, when the finding spans several'),
  title: words(120).describe('the problem in one short sentence'),
  scenario: words(1_500).describe('the trigger, step by step, and the consequence'),
  body: z.string().trim().max(3_000).default('').describe('what else the author needs to know'),
  fix: words(3_000).describe('what to do, with code where it is short'),
  suggestion: z
    .string()
    .max(4_000)
    .optional()
    .describe('an exact replacement of the lines from start_anchor to anchor, at the head only'),
  evidence: citations,
  provider: z.string().max(60).optional().describe('id of the provider, as in the selection'),
})
export type ReportFindingInput = z.infer<typeof ReportFindingInput>

export const DismissEvidenceInput = z.strictObject({
  id: z
    .string()
    .regex(/^E[1-9][0-9]{0,3}$/)
    .describe('E1, E2, …'),
  reason: words(1_000).describe('why it is wrong here'),
  evidence: citations.describe('lines that show it'),
})
export type DismissEvidenceInput = z.infer<typeof DismissEvidenceInput>

const Level = z.enum(['low', 'medium', 'high'])

export const FinishReviewInput = z.strictObject({
  summary: words(2_000).describe('what the change does to the integrations, in a few sentences'),
  risk: Level,
  complexity: Level,
  diagram: z
    .strictObject({
      participants: z.array(words(60)).min(2).max(8),
      steps: z
        .array(
          z.strictObject({
            from: words(60),
            to: words(60),
            message: words(120),
            kind: z.enum(['call', 'reply', 'event', 'failure']).default('call'),
          }),
        )
        .min(1)
        .max(24),
    })
    .optional()
    .describe('the sequence, when more than two parties or an asynchronous step take part'),
  failure_modes: z
    .array(
      z.strictObject({
        call: words(120),
        failure: words(200),
        effect: words(300),
        mitigation: words(300),
      }),
    )
    .max(12)
    .default([]),
  plan: z
    .array(z.strictObject({ phase: words(120), steps: z.array(words(300)).min(1).max(8) }))
    .max(6)
    .default([])
    .describe('phases in which the findings can be mended, when there are many'),
  not_reviewed: z
    .array(z.strictObject({ path, because: words(200) }))
    .max(100)
    .default([])
    .describe('selected files that you could not review'),
})
export type FinishReviewInput = z.infer<typeof FinishReviewInput>

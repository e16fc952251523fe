import * as z from 'zod'
import { Impact, Likelihood } from '#core/agent/severity'
import { FindingClass } from '#core/findings/finding'

const path = z.string().min(1).max(1_000)
const version = z.enum(['head', 'base']).default('head')
const anchor = z.string().min(4).max(20)
const words = (most: number) => z.string().trim().min(1).max(most)

/** Existing lines that support what is said. */
export const anyCitations = z.array(z.strictObject({ path, anchor })).max(8)
const citations = anyCitations.min(1)

export const ReadFileInput = z.strictObject({
  path,
  version: version.describe('head: after the change; base: before it'),
  offset: z.int().min(1).max(10_000_000).default(1).describe('first line to show, 1-based'),
  limit: z.int().min(1).max(800).default(400).describe('how many lines'),
})
export type ReadFileInput = z.infer<typeof ReadFileInput>

export const ListFilesInput = z.strictObject({
  under: z.string().max(1_000).default('').describe('a folder; empty for all'),
  version,
  offset: z.int().min(0).max(10_000_000).default(0).describe('how many entries to skip'),
})
export type ListFilesInput = z.infer<typeof ListFilesInput>

export const SearchCodeInput = z.strictObject({
  pattern: words(300).describe('a JavaScript regular expression, matched line by line'),
  under: z.string().max(1_000).default('').describe('a folder; empty for all'),
  version,
})
export type SearchCodeInput = z.infer<typeof SearchCodeInput>

const memoryPath = z.string().min(1).max(1_000)
const memoryText = z.string().max(30_000)

/** What the API is told: one flat object, because it takes no alternatives at the top of a schema. */
export const MemoryShape = z.strictObject({
  command: z.enum(['view', 'create', 'str_replace', 'insert', 'delete', 'rename']),
  path: memoryPath.optional().describe('for all commands but rename'),
  view_range: z.array(z.int()).length(2).optional().describe('for view'),
  file_text: memoryText.optional(),
  old_str: memoryText.optional().describe('text that occurs exactly once'),
  new_str: memoryText.optional(),
  insert_line: z.int().min(0).optional().describe('the line after which; 0 is the top'),
  insert_text: memoryText.optional(),
  old_path: memoryPath.optional(),
  new_path: memoryPath.optional(),
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
  path: path.describe('the changed file'),
  anchor: anchor.describe('the last line of the finding, within the diff'),
  start_anchor: anchor.optional().describe('the first line, when the finding spans several'),
  title: words(120).describe(
    'one sentence of at most 120 characters that names the call or handler',
  ),
  scenario: words(1_500).describe('the trigger, step by step, and what it costs'),
  body: z
    .string()
    .trim()
    .max(3_000)
    .default('')
    .describe('only what the scenario does not say; often empty'),
  fix: words(3_000).describe('what to do, in this language and with these libraries'),
  suggestion: z
    .string()
    .max(4_000)
    .optional()
    .describe(
      'exactly the lines that replace start_anchor to anchor, with their indentation; one click commits it, so leave it out unless it is complete',
    ),
  evidence: citations,
  provider: z.string().max(60).optional().describe('id of the provider, as in the selection'),
})
export type ReportFindingInput = z.infer<typeof ReportFindingInput>

export const DismissEvidenceInput = z.strictObject({
  id: z.string().regex(/^[EP][1-9][0-9]{0,3}$/),
  reason: words(1_000),
  evidence: citations,
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
    .describe(
      'the sequence, when more than two parties or an asynchronous step take part; participants are named as the code names them',
    ),
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
    .default([])
    .describe(
      'what happens on failure at each touched call or handler, in short phrases; the worst first',
    ),
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

import * as z from 'zod'
import {
  DismissEvidenceInput,
  FinishReviewInput,
  ListFilesInput,
  MemoryInput,
  MemoryShape,
  ReadFileInput,
  ReportFindingInput,
  SearchCodeInput,
} from '#core/agent/tool-inputs'

/**
 * Every tool that the model has. None writes anywhere: findings and notes are proposals that the
 * host checks, and no input names a repository, a commit or an address.
 */
export const TOOLS = {
  read_file: {
    says: 'Shows lines of one file, each with its anchor. Use it where your judgement rests on code that is not shown.',
    shape: ReadFileInput,
    input: ReadFileInput,
  },
  list_files: {
    says: 'Lists the paths of files below a folder, sorted.',
    shape: ListFilesInput,
    input: ListFilesInput,
  },
  search_code: {
    says: 'Finds lines by a regular expression, each with its anchor: who calls this, where is it configured, what else handles this event.',
    shape: SearchCodeInput,
    input: SearchCodeInput,
  },
  memory: {
    says: 'Views and edits the notes of this repository, markdown files such as /memories/stripe.md.',
    shape: MemoryShape,
    input: MemoryInput,
  },
  report_finding: {
    says: 'Reports one problem that this change brings. It is checked at once: mend what comes back as an error and call again.',
    shape: ReportFindingInput,
    input: ReportFindingInput,
  },
  dismiss_evidence: {
    says: 'Says that what a deterministic check found (E1, E2, …) is wrong here, or that an open finding of before (P1, P2, …) is mended: why, and the lines of code that show it.',
    shape: DismissEvidenceInput,
    input: DismissEvidenceInput,
  },
  finish_review: {
    says: 'Ends the review. Call it once, after or with your last findings.',
    shape: FinishReviewInput,
    input: FinishReviewInput,
  },
} as const satisfies Record<string, { says: string; shape: z.ZodType; input: z.ZodType }>

export type ToolName = keyof typeof TOOLS

/** A tool as the model is told about it. */
export interface ToolDescription {
  readonly name: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
}

/** The tools in a fixed order, so that every request starts with the same bytes. */
export function describeTools(): readonly ToolDescription[] {
  return Object.entries(TOOLS).map(([name, { says, shape }]) => ({
    name,
    description: says,
    inputSchema: inputSchemaOf(shape),
  }))
}

/** A schema as the model is told it: what only the check needs to know costs tokens in each request. */
export function inputSchemaOf(shape: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input' })
  return { ...plain(schema), additionalProperties: false }
}

const NOT_TOLD: ReadonlySet<string> = new Set([
  'minLength',
  'minimum',
  'maximum',
  'pattern',
  'minItems',
  'additionalProperties',
])
/** Bounds of texts are told, those of names and paths are not. */
const TOLD_BOUNDS = { least: 1_001, most: 5_000 }

function plain(schema: object): Record<string, unknown> {
  const told = Object.entries(schema).filter(([key, value]) => isTold(key, value))
  return Object.fromEntries(told.map(([key, value]) => [key, plainValue(key, value)]))
}

function isTold(key: string, value: unknown): boolean {
  if (NOT_TOLD.has(key)) return false
  if (key === 'default') return typeof value === 'number'
  if (key !== 'maxLength') return true
  const { least, most } = TOLD_BOUNDS
  return typeof value === 'number' && value >= least && value <= most
}

function plainValue(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // The keys of `properties` are names of ours, not words of a schema.
  if (key !== 'properties') return plain(value)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainValue('', one)]))
}

/** Whether a name is one of the tools. */
export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name)
}

/** What is wrong with an input, in one text that the model can act on. */
export function inputComplaint(error: z.ZodError): string {
  const lines = error.issues
    .slice(0, 8)
    .map(({ path, message }) => `${path.length === 0 ? 'input' : path.join('.')}: ${message}`)
  return `The input is not valid. ${lines.join('; ')}`
}

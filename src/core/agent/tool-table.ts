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
    says: 'Shows lines of one file of the repository, each with its anchor.',
    shape: ReadFileInput,
    input: ReadFileInput,
  },
  list_files: {
    says: 'Lists the paths of files below a folder, sorted.',
    shape: ListFilesInput,
    input: ListFilesInput,
  },
  search_code: {
    says: 'Finds lines that match a regular expression, each with its anchor.',
    shape: SearchCodeInput,
    input: SearchCodeInput,
  },
  memory: {
    says: 'Views and edits the notes of this repository, markdown files below /memories.',
    shape: MemoryShape,
    input: MemoryInput,
  },
  report_finding: {
    says: 'Reports one problem of this change. It is checked at once; mend what comes back as an error.',
    shape: ReportFindingInput,
    input: ReportFindingInput,
  },
  dismiss_evidence: {
    says: 'Says that something that a deterministic check found is wrong here, citing the lines that show it.',
    shape: DismissEvidenceInput,
    input: DismissEvidenceInput,
  },
  finish_review: {
    says: 'Ends the review. Call it once, after all findings.',
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
  return Object.entries(TOOLS).map(([name, { says, shape }]) => {
    const { $schema: _, ...inputSchema } = z.toJSONSchema(shape, { io: 'input' })
    return { name, description: says, inputSchema }
  })
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

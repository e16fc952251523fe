import { createFence } from '#core/agent/fence'
import {
  createMemoryOverlay,
  type MemoryOverlay,
  type ToolAnswer,
} from '#core/agent/memory-overlay'
import { preambleCanary } from '#core/agent/preamble'
import {
  describeTools,
  inputComplaint,
  isToolName,
  TOOLS,
  type ToolName,
} from '#core/agent/tool-table'
import type { FileDiff } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import type { Claim, Finding } from '#core/findings/finding'
import type { MemoryFile } from '#core/memory/memory'
import { type AgentReading, createAgentReading } from '#flow/agent-reading'
import { type AgentReporting, createAgentReporting } from '#flow/agent-reporting'
import type { ModelTool } from '#flow/model-port'
import type { Contents, Scan } from '#flow/ports'
import { createRefusedFindings, type RefusedFinding } from '#flow/refused-findings'

/** What the tools of one review work on. */
export interface AgentToolsNeeds {
  readonly contents: Contents
  readonly scan: Pick<Scan, 'search'>
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  /** What the rules found; `E1` is the first. */
  readonly evidence: readonly Claim[]
  /** Findings of earlier reviews that are open; `P1` is the first. */
  readonly earlier: readonly Finding[]
  readonly memory: readonly MemoryFile[]
  /** Of another part of the same review: notes and files are the same for all parts. */
  readonly shared?: Pick<AgentTools, 'memory' | 'reading'>
  /** False leaves the memory tool out, where the repository keeps no memory. */
  readonly remembers: boolean
  readonly redact: (text: string) => string
  /** Random hex digits of this run; results are fenced as data with them. */
  readonly delimiter: string
}

/** The tools of one review, and what the model has said through them so far. */
export interface AgentTools {
  readonly descriptions: readonly ModelTool[]
  readonly memory: MemoryOverlay
  readonly reading: AgentReading
  readonly reporting: AgentReporting
  /** Reports that came back with an error and were not mended. */
  refused(): readonly RefusedFinding[]
  /** Whether calls of a tool may run at the same time as others. */
  isReading(name: string): boolean
  /** Never throws for anything that the model wrote; a bug or a lost world still throws. */
  run(name: string, input: unknown): Promise<ToolAnswer>
}

/** Stands for a name that repeats our instructions. */
const WITHHELD = 'withheld'

const READING: ReadonlySet<string> = new Set<ToolName>(['read_file', 'list_files', 'search_code'])

/** What the model is offered, in a fixed order. */
export function offeredTools(remembers: boolean): readonly ModelTool[] {
  return describeTools().filter(({ name }) => remembers || name !== 'memory')
}

/** Creates the tools of one review. None of them writes anywhere. */
export function createAgentTools(needs: AgentToolsNeeds): AgentTools {
  const { redact } = needs
  const canary = preambleCanary()
  const fence = createFence(needs.delimiter)
  const memory =
    needs.shared?.memory ??
    createMemoryOverlay(needs.memory, (text) => redact(text) !== text || text.includes(canary))
  const reading = needs.shared?.reading ?? createAgentReading(needs)
  const reporting = createAgentReporting({
    ...needs,
    canary,
    lines: reading.lines,
  })
  const offered = offeredTools(needs.remembers)
  // What is left out is named in the check, where our instructions may not stand either.
  const refused = createRefusedFindings((text) => (text.includes(canary) ? WITHHELD : redact(text)))

  const report = parsed('report_finding', async (input) => {
    const answer = await reporting.report(input)
    if (!answer.isError) refused.mend(input)
    return answer
  })

  const runners: Readonly<Record<ToolName, (input: unknown) => Promise<ToolAnswer>>> = {
    read_file: parsed('read_file', async (input) => reading.readFile(input)),
    list_files: parsed('list_files', async (input) => reading.listFiles(input)),
    search_code: parsed('search_code', async (input) => reading.searchCode(input)),
    memory: parsed('memory', async (input) => {
      const { text, isError } = memory.run(input)
      return { text: redact(text), isError }
    }),
    async report_finding(raw) {
      const answer = await report(raw)
      if (answer.isError) refused.refuse(raw, answer.text)
      return answer
    },
    dismiss_evidence: parsed('dismiss_evidence', async (input) => reporting.dismiss(input)),
    finish_review: parsed('finish_review', async (input) => {
      const reminder = refused.reminder()
      return reminder === null ? reporting.finish(input) : { text: reminder, isError: true }
    }),
  }

  return {
    descriptions: offered,
    memory,
    reading,
    reporting,
    refused: refused.open,
    isReading: (name) => READING.has(name),
    run: async (name, input) => {
      const known = isToolName(name) && offered.some((tool) => tool.name === name)
      const answer = known
        ? await runners[name](input)
        : { text: `There is no tool "${name.slice(0, 60)}".`, isError: true }
      return {
        ...answer,
        text: fence.wrap(`result of ${known ? name : 'an unknown tool'}`, answer.text),
      }
    },
  }
}

type Input<N extends ToolName> = ReturnType<(typeof TOOLS)[N]['input']['parse']>

/** Checks an input before anything happens; unknown keys and missing fields are refused. */
function parsed<N extends ToolName>(
  name: N,
  run: (input: Input<N>) => Promise<ToolAnswer>,
): (input: unknown) => Promise<ToolAnswer> {
  return async (raw) => {
    const result = TOOLS[name].input.safeParse(raw)
    if (!result.success) return { text: inputComplaint(result.error), isError: true }
    // The table pairs each name with its schema; TypeScript loses the pair over a union of names.
    return run(result.data as Input<N>)
  }
}

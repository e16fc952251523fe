import * as z from 'zod'
import { buildQuestion, type QuestionInput, questionCanary } from '#core/agent/build-question'
import { type Checked, checkCitations, type Knowledge } from '#core/agent/check-finding'
import type { Citation, ClosingTool } from '#core/agent/closing-tools'
import { createFence } from '#core/agent/fence'
import type { ToolAnswer } from '#core/agent/memory-overlay'
import { faultOfPath } from '#core/agent/repository-paths'
import { describeTools, inputComplaint, TOOLS } from '#core/agent/tool-table'
import type { Evidence } from '#core/findings/finding'
import { type AgentReading, createAgentReading } from '#flow/agent-reading'
import { askTurn, createTally, type TurnNeeds, tokensOf } from '#flow/ask-turn'
import type { ModelBlock, ModelMessage, ModelTool } from '#flow/model-port'
import type { At, Contents, Scan } from '#flow/ports'
import { createToolCalls } from '#flow/run-tool-calls'

/** What one question is asked with. */
export interface QuestionNeeds extends TurnNeeds {
  readonly scan: Pick<Scan, 'search'>
}

/** One question to the model, and the tool by which it is answered. */
export interface Question<I> extends QuestionInput {
  readonly model: string
  readonly contents: Contents
  readonly closing: ClosingTool<I>
  /** Aborting throws the signal's reason; what was used until then is settled. */
  readonly signal: AbortSignal
}

/** What came of a question. `evidence` has the lines of each group of citations. */
export type QuestionOutcome<I> =
  | {
      readonly kind: 'answered'
      readonly input: I
      readonly evidence: readonly (readonly Evidence[])[]
    }
  | { readonly kind: 'failed'; readonly because: string }
  | {
      readonly kind: 'unavailable'
      readonly because: string
      readonly retryAfterMs: number | null
    }

/** Where one question ends, whatever happens. */
const LIMITS = { turns: 14, toolCalls: 60, tokens: 800_000, turnTokens: 8_000, wallMs: 5 * 60_000 }

/** Lets model and tools talk until the question is answered or a limit ends it. */
export async function askQuestion<I>(
  needs: QuestionNeeds,
  question: Question<I>,
): Promise<QuestionOutcome<I>> {
  const tools = questionTools(needs, question)
  const calls = createToolCalls(tools, question.closing.name)
  const { system, user } = buildQuestion(question)
  const messages: ModelMessage[] = [{ role: 'user', content: [{ type: 'text', text: user }] }]
  const tally = createTally()
  const startedAt = needs.clock.now()
  let reminded = false
  for (let turn = 0; turn < LIMITS.turns; turn += 1) {
    const late = needs.clock.now() - startedAt > LIMITS.wallMs
    if (late || tokensOf(tally) > LIMITS.tokens) break
    const request = { model: question.model, maxTokens: LIMITS.turnTokens, system, messages }
    const outcome = await askTurn(
      needs,
      { ...request, tools: tools.descriptions },
      tally,
      question.signal,
    )
    if (outcome.kind !== 'answered') return ended(outcome)
    const { stop, content } = outcome.turn
    if (stop !== 'tool_use') {
      if (reminded || stop === 'refusal') return failed('the model gave no answer')
      reminded = true
      remind(messages, content, question.closing.name)
      continue
    }
    const used = content.filter((block) => block.type === 'tool_use')
    const results = await calls.run(used, LIMITS.toolCalls - calls.count())
    messages.push({ role: 'assistant', content }, { role: 'user', content: results })
    const answered = tools.answered()
    if (answered !== null) return answered
  }
  return failed('the model reached the limit of one question')
}

function ended(
  outcome: Exclude<Awaited<ReturnType<typeof askTurn>>, { kind: 'answered' }>,
): Exclude<QuestionOutcome<never>, { kind: 'answered' }> {
  switch (outcome.kind) {
    case 'unavailable':
      return {
        kind: 'unavailable',
        because: outcome.because,
        retryAfterMs: outcome.retryAfterMs,
      }
    case 'over-budget':
      return failed('the budget is used up')
    case 'refused':
      return failed(outcome.because)
  }
}

function failed(because: string): { readonly kind: 'failed'; readonly because: string } {
  return { kind: 'failed', because }
}

function remind(messages: ModelMessage[], content: readonly ModelBlock[], tool: string): void {
  const text = content.some((block) => block.type === 'text' && block.text.trim() !== '')
  const calls = content.some((block) => block.type === 'tool_use')
  if (text && !calls) messages.push({ role: 'assistant', content })
  const block: ModelBlock = { type: 'text', text: `Nobody sees this. Call ${tool} now.` }
  const last = messages.at(-1)
  if (last?.role === 'user') {
    messages[messages.length - 1] = { ...last, content: [...last.content, block] }
  } else messages.push({ role: 'user', content: [block] })
}

const READING = ['read_file', 'list_files', 'search_code'] as const

function questionTools<I>(needs: QuestionNeeds, question: Question<I>) {
  const { closing, contents, redact, delimiter } = question
  const reading = createAgentReading({ contents, redact, scan: needs.scan })
  const fence = createFence(delimiter)
  let answered: Extract<QuestionOutcome<I>, { kind: 'answered' }> | null = null
  const descriptions: readonly ModelTool[] = [
    ...describeTools().filter(({ name }) => READING.some((one) => one === name)),
    closingDescription(closing),
  ]
  const run = async (name: string, input: unknown): Promise<ToolAnswer> => {
    if (name !== closing.name) return runReading(reading, name, input)
    const checked = await checkAnswer(question, reading, input)
    if (!checked.ok) return { text: checked.because, isError: true }
    answered = { kind: 'answered', ...checked.value }
    return { text: 'The answer was taken.', isError: false }
  }
  return {
    descriptions,
    answered: () => answered,
    isReading: (name: string) => READING.some((one) => one === name),
    async run(name: string, input: unknown) {
      const answer = await run(name, input)
      return { ...answer, text: fence.wrap('result of a tool', answer.text) }
    },
  }
}

function closingDescription<I>({ name, says, input }: ClosingTool<I>): ModelTool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { io: 'input' })
  return { name, description: says, inputSchema }
}

async function runReading(
  reading: AgentReading,
  name: string,
  input: unknown,
): Promise<ToolAnswer> {
  switch (name) {
    case 'read_file': {
      const read = TOOLS.read_file.input.safeParse(input)
      return read.success ? reading.readFile(read.data) : refused(read.error)
    }
    case 'list_files': {
      const read = TOOLS.list_files.input.safeParse(input)
      return read.success ? reading.listFiles(read.data) : refused(read.error)
    }
    case 'search_code': {
      const read = TOOLS.search_code.input.safeParse(input)
      return read.success ? reading.searchCode(read.data) : refused(read.error)
    }
    default:
      return { text: `There is no tool "${name.slice(0, 60)}".`, isError: true }
  }
}

function refused(error: z.ZodError): ToolAnswer {
  return { text: inputComplaint(error), isError: true }
}

/** An answer that is whole, repeats no instruction, and cites lines that exist. */
async function checkAnswer<I>(
  { closing, redact }: Question<I>,
  reading: AgentReading,
  written: unknown,
): Promise<Checked<{ input: I; evidence: readonly (readonly Evidence[])[] }>> {
  const read = closing.input.safeParse(written)
  if (!read.success) return { ok: false, because: inputComplaint(read.error) }
  const canary = questionCanary()
  if (JSON.stringify(read.data).includes(canary)) {
    return { ok: false, because: 'The text repeats your instructions; answer the question.' }
  }
  const groups = closing.citations(read.data)
  const knowledge = await knowledgeFor(reading, groups.flat(), { canary, redact })
  const evidence: (readonly Evidence[])[] = []
  for (const group of groups) {
    const checked = checkCitations(group, knowledge)
    if (!checked.ok) return checked
    evidence.push(checked.value)
  }
  return { ok: true, value: { input: read.data, evidence } }
}

async function knowledgeFor(
  reading: AgentReading,
  citations: readonly Citation[],
  rest: Pick<Knowledge, 'canary' | 'redact'>,
): Promise<Knowledge> {
  const known = new Map<string, readonly string[] | null>()
  for (const { path, anchor } of citations) {
    if (faultOfPath(path) !== null) continue
    const at: At = anchor.startsWith('L') ? 'base' : 'head'
    known.set(`${at} ${path}`, await reading.lines(path, at))
  }
  return {
    ...rest,
    files: new Map(),
    linesOf: (path, side) => known.get(`${side === 'LEFT' ? 'base' : 'head'} ${path}`) ?? null,
    providersOf: () => [],
  }
}

import type { AgentTools } from '#flow/agent-tools'
import type { ModelBlock } from '#flow/model-port'

type ToolUse = Extract<ModelBlock, { type: 'tool_use' }>
type ToolResult = Extract<ModelBlock, { type: 'tool_result' }>

/** Runs the calls of one turn and remembers enough to stop a reviewer that goes in circles. */
export interface ToolCalls {
  /** One result for each call, in the order of the calls. */
  run(calls: readonly ToolUse[], allowed: number): Promise<readonly ToolResult[]>
  /** Calls that were run. */
  count(): number
  /**
   * Turns in a row in which nothing succeeded. A batch counts once: it was written before its
   * first error could be seen. Calls beyond the cap of a turn count neither way.
   */
  failuresInARow(): number
}

const CONCURRENT = 4
const MAX_PER_TURN = 16
/** The third identical call brings nothing that the first two did not. */
const REPEATS = 3

/** @param closing the tool that ends it, which is run beyond every limit */
export function createToolCalls(
  tools: Pick<AgentTools, 'isReading' | 'run'>,
  closing = 'finish_review',
): ToolCalls {
  const seen = new Map<string, number>()
  let count = 0
  let failuresInARow = 0

  const runOne = async (call: ToolUse): Promise<ToolResult> => {
    const { text, isError } = await tools.run(call.name, call.input)
    return result(call, text, isError)
  }
  const verdictOn = (call: ToolUse, index: number, allowed: number): string | null => {
    if (index >= MAX_PER_TURN) return `Only ${MAX_PER_TURN} calls run in one turn; repeat it later.`
    if (index >= allowed) return `The limit of tool calls is reached; call ${closing}.`
    // The end may be refused for what stands beside it, and is then said again in the same words.
    if (call.name === closing) return null
    const key = `${call.name} ${JSON.stringify(call.input)}`
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times < REPEATS ? null : 'This call was answered already; its answer has not changed.'
  }

  return {
    count: () => count,
    failuresInARow: () => failuresInARow,
    run: async (calls, allowed) => {
      const results = new Map<ToolUse, ToolResult>()
      const wanted = calls.filter((call, index) => {
        const refusal = verdictOn(call, index, call.name === closing ? index + 1 : allowed)
        if (refusal !== null) results.set(call, result(call, refusal, true))
        return refusal === null
      })
      count += wanted.length
      const reading = wanted.filter((call) => tools.isReading(call.name))
      await inParallel(reading, async (call) => {
        results.set(call, await runOne(call))
      })
      // What changes state runs one by one, so that the same turn always has the same outcome.
      for (const call of wanted) {
        if (!tools.isReading(call.name)) results.set(call, await runOne(call))
      }
      const ordered = calls.map((call) => results.get(call) ?? result(call, 'Not run.', true))
      const inCap = ordered.slice(0, MAX_PER_TURN)
      failuresInARow = inCap.every((answer) => answer.is_error) ? failuresInARow + 1 : 0
      return ordered
    },
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const lanes = Array.from({ length: Math.min(CONCURRENT, items.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  })
  await Promise.all(lanes)
}

function result(call: ToolUse, content: string, isError: boolean): ToolResult {
  return { type: 'tool_result', tool_use_id: call.id, content, is_error: isError }
}

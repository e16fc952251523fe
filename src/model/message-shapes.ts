import type Anthropic from '@anthropic-ai/sdk'
import * as z from 'zod'
import type {
  ModelBlock,
  ModelMessage,
  ModelRequest,
  StopReason,
  TurnUsage,
} from '#flow/model-port'

type Params = Anthropic.MessageCreateParamsStreaming
type Block = Anthropic.ContentBlockParam

const CACHED = { type: 'ephemeral' } as const

const STOPS: ReadonlySet<string> = new Set<StopReason>([
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
])

/** The counters of an answer; servers that do not cache leave theirs out. */
const Usage = z.looseObject({
  input_tokens: z.number().nullish(),
  output_tokens: z.number().nullish(),
  cache_read_input_tokens: z.number().nullish(),
  cache_creation_input_tokens: z.number().nullish(),
})

/**
 * The request in the API's words. The prefix order is tools, system, messages; the four breakpoints
 * that the API allows stand after each part of the system text and after the last two turns, so
 * that a turn with many results still finds the cache of the turn before.
 */
export function toParams(request: ModelRequest): Params {
  return {
    ...toPlainParams(request),
    system: request.system
      .slice(0, 2)
      .map((text) => ({ type: 'text', text, cache_control: CACHED })),
    messages: toMessages(request.messages),
  }
}

/** The same in the plainest words, for servers that know no cache and refuse what they do not know. */
export function toPlainParams(request: ModelRequest): Params {
  return {
    model: request.model,
    max_tokens: request.maxTokens,
    stream: true,
    system: request.system.join('\n\n'),
    tools: request.tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      input_schema: { ...inputSchema, type: 'object' },
    })),
    messages: request.messages.map(toMessage),
  }
}

function toMessage({ role, content }: ModelMessage): {
  role: 'user' | 'assistant'
  content: Block[]
} {
  return { role, content: content.map(toBlock) }
}

function toMessages(messages: readonly ModelMessage[]): Anthropic.MessageParam[] {
  const marked = new Set(messages.filter((message) => message.role === 'user').slice(-2))
  return messages.map((message) => {
    const { role, content } = toMessage(message)
    const last = content.at(-1)
    if (marked.has(message) && (last?.type === 'text' || last?.type === 'tool_result')) {
      content[content.length - 1] = { ...last, cache_control: CACHED }
    }
    return { role, content }
  })
}

function toBlock(block: ModelBlock): Block {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text }
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input }
    case 'tool_result':
      return { ...block, content: [{ type: 'text', text: block.content }] }
    case 'opaque':
      // It came from the API and goes back as it came; nobody here looks inside.
      return block.raw as Block
  }
}

/** The blocks of an answer. What we do not act on is kept as it came. */
export function fromContent(content: readonly Anthropic.ContentBlock[]): readonly ModelBlock[] {
  return content.map((block) => {
    if (block.type === 'text') return { type: 'text', text: block.text }
    if (block.type === 'tool_use') {
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input }
    }
    return { type: 'opaque', raw: block }
  })
}

export function fromUsage(raw: unknown): TurnUsage {
  const usage = Usage.safeParse(raw).data
  return {
    inputTokens: usage?.input_tokens ?? 0,
    cacheReadTokens: usage?.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage?.cache_creation_input_tokens ?? 0,
    outputTokens: usage?.output_tokens ?? 0,
  }
}

/** A reason that this program does not know is `unknown`, and treated as a failure. */
export function fromStop(stop: string): StopReason {
  return isStop(stop) ? stop : 'unknown'
}

function isStop(stop: string): stop is StopReason {
  return STOPS.has(stop)
}

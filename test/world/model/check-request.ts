import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import type { SeenBlock, SeenMessage } from './turns.ts'

const CacheControl = z.strictObject({
  type: z.literal('ephemeral'),
  ttl: z.enum(['5m', '1h']).optional(),
})
const Block = z.looseObject({ type: z.string(), cache_control: CacheControl.optional() })
const Text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: CacheControl.optional(),
})

/** The fields of POST /v1/messages that this stand-in knows; any other is refused, as sampling is. */
export const RequestBody = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().positive().max(128_000),
  stream: z.boolean().optional(),
  system: z.union([z.string(), z.array(Text)]).default([]),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('custom').optional(),
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
        description: z.string().optional(),
        input_schema: z.looseObject({ type: z.literal('object') }),
        cache_control: CacheControl.optional(),
      }),
    )
    .default([]),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(Block).min(1)]),
      }),
    )
    .min(1),
})
export type RequestBody = z.infer<typeof RequestBody>

/** What the other side sent earlier, to compare with what comes back. */
export interface Sent {
  /** The content of earlier answers, by the id of each of their tool calls. */
  readonly byCall: ReadonlyMap<string, readonly SeenBlock[]>
  /** Whether the latest answer was a pause, after which the last message may be the assistant's. */
  readonly paused: boolean
}

/** The messages of a request, with plain strings as blocks. */
export function messagesOf(body: RequestBody): readonly SeenMessage[] {
  return body.messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
  }))
}

/** What the API would refuse in a request, in words. */
export function faultsOf(body: RequestBody, sent: Sent): readonly string[] {
  const messages = messagesOf(body)
  const faults = [...faultsOfPairs(messages), ...faultsOfReturned(messages, sent)]
  const last = messages.at(-1)
  if (last?.role === 'assistant' && !sent.paused) {
    faults.push('This model does not support assistant message prefill.')
  }
  if (messages[0]?.role !== 'user') faults.push('messages: first message must use the "user" role')
  const marks = countMarks(body)
  if (marks > 4)
    faults.push(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`)
  for (const [index, message] of messages.entries()) {
    for (const block of message.content) {
      if (block.type === 'text' && block['text'] === '') {
        faults.push(`messages.${index}: text content blocks must be non-empty`)
      }
      if (block.type === 'thinking' && block['cache_control'] !== undefined) {
        faults.push(`messages.${index}: thinking blocks cannot be cached directly`)
      }
    }
  }
  for (const { name, input_schema: schema } of body.tools) {
    for (const word of ['oneOf', 'anyOf', 'allOf']) {
      if (word in schema)
        faults.push(`tools.${name}: input_schema does not support ${word} at the top level`)
    }
  }
  return faults
}

function countMarks(body: RequestBody): number {
  const blocks: readonly unknown[] = [
    ...(typeof body.system === 'string' ? [] : body.system),
    ...body.tools,
    ...messagesOf(body).flatMap((message) => message.content),
  ]
  return blocks.filter(
    (block) => typeof block === 'object' && block !== null && 'cache_control' in block,
  ).length
}

function faultsOfPairs(messages: readonly SeenMessage[]): string[] {
  const faults: string[] = []
  const idsOf = (message: SeenMessage | undefined, type: string, field: string) =>
    (message?.content ?? [])
      .filter((block) => block.type === type)
      .map((block) => String(block[field]))
  messages.forEach((message, index) => {
    if (index > 0 && messages[index - 1]?.role === message.role) {
      faults.push(`messages.${index}: roles must alternate`)
    }
    if (message.role === 'assistant') {
      const asked = idsOf(message, 'tool_use', 'id')
      const answered = idsOf(messages[index + 1], 'tool_result', 'tool_use_id')
      if (asked.length > 0 && !isDeepStrictEqual(asked, answered)) {
        faults.push(`messages.${index}: tool_use ids ${asked} were answered by ${answered}`)
      }
    } else {
      const results = idsOf(message, 'tool_result', 'tool_use_id')
      const asked = idsOf(messages[index - 1], 'tool_use', 'id')
      const orphan = results.find((id) => !asked.includes(id))
      if (orphan !== undefined) faults.push(`messages.${index}: unexpected tool_result ${orphan}`)
      const types = message.content.map((block) => block.type)
      if (
        types.lastIndexOf('tool_result') > types.indexOf('text') &&
        types.includes('text') &&
        results.length > 0
      ) {
        faults.push(`messages.${index}: text must come after tool_result blocks`)
      }
    }
  })
  return faults
}

/** Answers with thinking are signed as a whole and must come back as they were sent. */
function faultsOfReturned(messages: readonly SeenMessage[], sent: Sent): string[] {
  const faults: string[] = []
  messages.forEach((message, index) => {
    const id = message.content.find((block) => block.type === 'tool_use')?.['id']
    const original = sent.byCall.get(String(id))
    if (message.role !== 'assistant' || original === undefined) return
    const returned = message.content.map(({ cache_control: _, ...block }) => block)
    if (!isDeepStrictEqual(returned, original)) {
      faults.push(`messages.${index}: blocks of the latest assistant message cannot be modified`)
    }
  })
  return faults
}

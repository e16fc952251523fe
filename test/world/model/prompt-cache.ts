import { createHash } from 'node:crypto'
import { messagesOf, type RequestBody } from './check-request.ts'

/** Usage as the API counts it. */
export interface Counted {
  readonly input_tokens: number
  readonly cache_read_input_tokens: number
  readonly cache_creation_input_tokens: number
}

/** Below this many tokens a prefix is not cached. */
const SMALLEST = 512
/** How many blocks before a breakpoint are searched for an earlier entry. */
const LOOK_BACK = 20
const BYTES_PER_TOKEN = 4

/** Simulates prompt caching: prefixes in the order tools, system, messages, up to breakpoints. */
export function createPromptCache(): { count(body: RequestBody): Counted } {
  const entries = new Set<string>()
  return {
    count: (body) => {
      const blocks = blocksOf(body)
      const hash = createHash('sha256').update(body.model)
      let tokens = 0
      const prefixes = blocks.map(({ text, marked }) => {
        hash.update(`${text.length}:${text}`)
        tokens += Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN)
        return { key: hash.copy().digest('hex'), tokens, marked }
      })
      let read = 0
      let written = 0
      prefixes.forEach((prefix, index) => {
        if (!prefix.marked || prefix.tokens < SMALLEST) return
        for (let back = index; back >= Math.max(0, index - LOOK_BACK); back -= 1) {
          const earlier = prefixes[back]
          if (earlier === undefined || !entries.has(earlier.key)) continue
          read = Math.max(read, earlier.tokens)
          break
        }
        written = Math.max(written, prefix.tokens)
      })
      for (const prefix of prefixes) {
        if (prefix.marked && prefix.tokens >= SMALLEST) entries.add(prefix.key)
      }
      return {
        cache_read_input_tokens: read,
        cache_creation_input_tokens: Math.max(0, written - read),
        input_tokens: tokens - Math.max(read, written),
      }
    },
  }
}

function blocksOf(body: RequestBody): readonly { text: string; marked: boolean }[] {
  const system =
    typeof body.system === 'string' ? [{ type: 'text', text: body.system }] : body.system
  const parts: readonly object[] = [
    ...body.tools,
    ...system,
    ...messagesOf(body).flatMap(({ role, content }) =>
      content.map((block) => ({ role, ...block })),
    ),
  ]
  return parts.map((part) => {
    const { cache_control: mark, ...rest } = part as { cache_control?: unknown }
    return { text: JSON.stringify(rest), marked: mark !== undefined }
  })
}

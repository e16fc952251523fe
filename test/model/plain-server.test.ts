import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createAnthropicModel } from '#model/anthropic'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A local server as people run them: it streams, counts only input and output, and knows no cache. */
async function plainServer(
  events: readonly object[],
): Promise<{ url: string; seen: unknown[]; headers: string[] }> {
  const seen: unknown[] = []
  const headers: string[] = []
  const started = createServer((request, response) => {
    const chunks: Buffer[] = []
    headers.push(...Object.keys(request.headers))
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of events) {
        const { type } = event as { type: string }
        response.write(`event: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
      }
      response.end()
    })
  })
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen, headers }
}

const input = JSON.stringify({ summary: 'x', risk: 'low', complexity: 'low' })
const EVENTS = [
  {
    type: 'message_start',
    message: {
      ...{ id: 'chatcmpl-1', type: 'message', role: 'assistant', model: 'local-70b', content: [] },
      usage: { input_tokens: 900, output_tokens: 1 },
    },
  },
  {
    ...{ type: 'content_block_start', index: 0 },
    content_block: { type: 'tool_use', id: 'call_1', name: 'finish_review', input: {} },
  },
  {
    ...{ type: 'content_block_delta', index: 0 },
    delta: { type: 'input_json_delta', partial_json: input },
  },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
]

test('a server that speaks the plain Messages API is enough', async () => {
  const { url, seen, headers } = await plainServer(EVENTS)
  const model = createAnthropicModel({ apiKey: 'none-needed', baseUrl: url })
  const turn = await model.turn(
    {
      ...{ model: 'local-70b', maxTokens: 1_000, system: ['Rules.', 'Memory.'] },
      tools: [{ name: 'finish_review', description: 'Ends.', inputSchema: { type: 'object' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Review.' }] }],
    },
    new AbortController().signal,
  )
  expect(turn).toMatchObject({
    kind: 'answered',
    stop: 'tool_use',
    content: [{ type: 'tool_use', name: 'finish_review', input: { risk: 'low' } }],
    usage: { inputTokens: 900, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 40 },
  })
  expect(headers).not.toContain('anthropic-beta')
  const fields = Object.keys(seen[0] ?? {}).toSorted()
  expect(fields).toEqual(['max_tokens', 'messages', 'model', 'stream', 'system', 'tools'])
})

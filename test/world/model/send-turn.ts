import type { ServerResponse } from 'node:http'
import type { Counted } from './prompt-cache.ts'
import type { AnswerBlock, Turn } from './turns.ts'

interface Sending {
  readonly response: ServerResponse
  readonly id: string
  readonly model: string
  readonly counted: Counted
  readonly streams: boolean
}

/** Plays one turn to one request, in server-sent events or as one JSON document. */
export function sendTurn(turn: Turn, sending: Sending): void {
  const { response } = sending
  switch (turn.kind) {
    case 'hang':
      return
    case 'status': {
      response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers })
      const error = { type: turn.type, message: turn.message }
      response.end(JSON.stringify({ type: 'error', error, request_id: sending.id }))
      return
    }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<html><body>Please sign in</body></html>')
      return
    case 'redirect':
      response.writeHead(307, { location: turn.to })
      response.end()
      return
    case 'answer':
      if (!sending.streams) sendJson(turn, sending)
      else {
        start(sending)
        sendBlocks(response, turn.content)
        stop(turn, response)
        response.end()
      }
      return
    case 'truncated':
      start(sending)
      sendBlocks(response, turn.content)
      response.end()
      return
    case 'reset':
      start(sending)
      sendBlocks(response, [{ type: 'text', text: 'The change' }])
      setTimeout(() => response.destroy(), 20)
      return
    case 'stall':
      start(sending)
      ping(response, turn.pings ?? 0)
      return
    case 'error-event': {
      start(sending)
      const error = { type: turn.type, message: turn.message }
      emit(response, 'error', { error })
      response.end()
      return
    }
  }
}

function start({ response, id, model, counted }: Sending): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const usage = { ...counted, output_tokens: 1 }
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [] }
  emit(response, 'message_start', {
    message: { ...message, stop_reason: null, stop_sequence: null, usage },
  })
  emit(response, 'ping', {})
}

function sendBlocks(response: ServerResponse, blocks: readonly AnswerBlock[]): void {
  blocks.forEach((block, index) => {
    emit(response, 'content_block_start', { index, content_block: empty(block) })
    for (const delta of deltas(block)) emit(response, 'content_block_delta', { index, delta })
    emit(response, 'content_block_stop', { index })
  })
}

function stop(turn: Extract<Turn, { kind: 'answer' }>, response: ServerResponse): void {
  const details =
    turn.stop === 'refusal' ? { stop_details: { type: 'refusal', category: 'cyber' } } : {}
  emit(response, 'message_delta', {
    delta: { stop_reason: turn.stop, stop_sequence: null, ...details },
    usage: { output_tokens: outputOf(turn) },
  })
  emit(response, 'message_stop', {})
}

function sendJson(turn: Extract<Turn, { kind: 'answer' }>, sending: Sending): void {
  sending.response.writeHead(200, { 'content-type': 'application/json' })
  sending.response.end(
    JSON.stringify({
      id: `msg_${sending.id}`,
      type: 'message',
      role: 'assistant',
      model: sending.model,
      content: turn.content.map(whole),
      stop_reason: turn.stop,
      stop_sequence: null,
      usage: { ...sending.counted, output_tokens: outputOf(turn) },
    }),
  )
}

/** A block as the client will hold it, and must send it back. */
export function whole(block: AnswerBlock): Readonly<Record<string, unknown>> & { type: string } {
  if (block.type !== 'tool_use') return { ...block }
  const { json: _, ...rest } = block
  return { ...rest }
}

/** Tokens of an answer: those that the script says, or a quarter of its characters. */
export function outputOf(turn: Extract<Turn, { kind: 'answer' }>): number {
  const tokens = turn.outputTokens ?? Math.ceil(JSON.stringify(turn.content).length / 4)
  return Math.round(tokens * (turn.usageFactor ?? 1))
}

function empty(block: AnswerBlock): object {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '' }
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' }
    case 'redacted_thinking':
      return block
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: {} }
  }
}

function deltas(block: AnswerBlock): readonly object[] {
  switch (block.type) {
    case 'text':
      return halves(block.text).map((text) => ({ type: 'text_delta', text }))
    case 'thinking':
      return [
        ...halves(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature: block.signature },
      ]
    case 'redacted_thinking':
      return []
    case 'tool_use': {
      const json = block.json ?? JSON.stringify(block.input)
      return ['', ...halves(json)].map((part) => ({ type: 'input_json_delta', partial_json: part }))
    }
  }
}

/** Streams come in parts; two are enough to show that they are put together. */
function halves(text: string): readonly string[] {
  const middle = Math.floor(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)]
}

function ping(response: ServerResponse, left: number): void {
  if (left === 0 || response.destroyed) return
  emit(response, 'ping', {})
  setTimeout(() => ping(response, left - 1), 40)
}

function emit(response: ServerResponse, event: string, data: object): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`)
}

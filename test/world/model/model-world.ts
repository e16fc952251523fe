import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOf, messagesOf, RequestBody } from './check-request.ts'
import { type Counted, createPromptCache } from './prompt-cache.ts'
import { outputOf, sendTurn, whole } from './send-turn.ts'
import { type Script, type SeenBlock, type SeenRequest, status, type Turn } from './turns.ts'

/** One request that arrived, and what was done with it. */
interface ModelCall {
  readonly at: number
  /** When the answer began, 0 before; from there on it is sent at once. */
  answeredAt: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body as text, byte for byte. */
  readonly text: string
  readonly request: SeenRequest | null
  readonly turn: Turn
  readonly counted: Counted | null
}

/** A stand-in for the Anthropic Messages API on a loopback port. */
export interface ModelWorld {
  /** For ANTHROPIC_BASE_URL. */
  readonly baseUrl: string
  /** For ANTHROPIC_API_KEY; another key is answered with 401. */
  readonly apiKey: string
  readonly journal: readonly ModelCall[]
  /** What clients sent that the API would refuse. Empty in a good test. */
  readonly violations: readonly string[]
  /** The most requests that were open at the same time. */
  readonly mostAtOnce: () => number
  /** Replaces the script; a list starts anew. */
  play(script: Script): void
  /** Turns that come before the script goes on, once each. */
  interrupt(...turns: readonly Turn[]): void
  close(): Promise<void>
}

/** Starts the stand-in. Without a script it answers every request with an error. */
export async function createModelWorld(
  options: {
    readonly script?: Script
    readonly apiKey?: string
    readonly port?: number
    /** A local server: it caches nothing, and refuses what a plain Messages API does not have. */
    readonly plain?: boolean
    /** What an answer takes: so long until it begins, and so long for each token of it. */
    readonly latency?: { readonly firstMs: number; readonly tokenMs: number }
  } = {},
): Promise<ModelWorld> {
  const apiKey = options.apiKey ?? 'sk-ant-stand-in-key-0123456789'
  const state = createState(options.script ?? [], options.plain === true)
  const server = createServer((request, response) => {
    void handle(request, response, state, { apiKey, ...options })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey,
    journal: state.journal,
    violations: state.violations,
    mostAtOnce: () => state.most,
    play: (script) => {
      state.script = script
      state.played = 0
    },
    interrupt: (...turns) => {
      state.interruptions.push(...turns)
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface State {
  readonly plain: boolean
  script: Script
  played: number
  readonly interruptions: Turn[]
  readonly journal: ModelCall[]
  readonly violations: string[]
  readonly byCall: Map<string, readonly SeenBlock[]>
  paused: boolean
  open: number
  most: number
  readonly cache: ReturnType<typeof createPromptCache>
}

function createState(script: Script, plain: boolean): State {
  return {
    plain,
    script,
    played: 0,
    interruptions: [],
    journal: [],
    violations: [],
    byCall: new Map(),
    paused: false,
    open: 0,
    most: 0,
    cache: createPromptCache(),
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  state: State,
  { apiKey, latency }: { apiKey: string; latency?: { firstMs: number; tokenMs: number } },
): Promise<void> {
  const at = performance.now()
  state.open += 1
  state.most = Math.max(state.most, state.open)
  response.on('close', () => {
    state.open -= 1
  })
  const text = await textOf(request)
  const id = `req_${String(state.journal.length + 1).padStart(6, '0')}`
  response.setHeader('request-id', id)
  const path = (request.url ?? '').split('?')[0] ?? ''
  const read = readRequest(request, path, text, apiKey, state)
  const turn = read.turn ?? nextTurn(state, read.seen)
  const counted = read.body === null ? null : countedBy(state, read.body)
  const call: ModelCall = {
    at,
    answeredAt: 0,
    method: request.method ?? '',
    path,
    headers: request.headers,
    text,
    request: read.seen,
    turn,
    counted,
  }
  state.journal.push(call)
  if (latency !== undefined && turn.kind === 'answer') {
    const ms = latency.firstMs + latency.tokenMs * outputOf(turn)
    await new Promise((done) => setTimeout(done, ms))
  }
  call.answeredAt = performance.now()
  remember(turn, state)
  const factor = turn.kind === 'answer' ? (turn.usageFactor ?? 1) : 1
  sendTurn(turn, {
    response,
    id,
    model: read.body?.model ?? '',
    counted: scaled(counted, factor),
    streams: read.body?.stream === true,
  })
}

interface ReadRequest {
  /** Set when the request is refused. */
  readonly turn: Turn | null
  readonly body: RequestBody | null
  readonly seen: SeenRequest | null
}

function readRequest(
  request: IncomingMessage,
  path: string,
  text: string,
  apiKey: string,
  state: State,
): ReadRequest {
  const refuse = (code: number, type: string, message: string): ReadRequest => {
    state.violations.push(message)
    return { turn: status(code, type, message), body: null, seen: null }
  }
  const key = request.headers.authorization ?? `Bearer ${request.headers['x-api-key']}`
  if (key !== `Bearer ${apiKey}`) return refuse(401, 'authentication_error', 'invalid x-api-key')
  if (request.method !== 'POST' || path !== '/v1/messages') {
    return refuse(404, 'not_found_error', `${request.method} ${path} is not there`)
  }
  if (request.headers['anthropic-version'] === undefined) {
    return refuse(400, 'invalid_request_error', 'anthropic-version: header is required')
  }
  const betas = request.headers['anthropic-beta']
  if (betas !== undefined) return refuse(400, 'invalid_request_error', `unexpected beta ${betas}`)
  // To ask for a cache is no fault of the client: it learns here that there is none.
  const unknown = state.plain ? unknownToPlain(text) : null
  if (unknown !== null)
    return { turn: status(400, 'invalid_request_error', unknown), body: null, seen: null }
  const parsed = RequestBody.safeParse(jsonOf(text))
  if (!parsed.success) return refuse(400, 'invalid_request_error', parsed.error.message)
  const faults = faultsOf(parsed.data, state)
  if (faults.length > 0) return refuse(400, 'invalid_request_error', faults.join('; '))
  const { system, model, tools } = parsed.data
  const seen: SeenRequest = {
    model,
    system: typeof system === 'string' ? system : system.map((block) => block.text).join('\n\n'),
    tools: tools.map((tool) => tool.name),
    messages: messagesOf(parsed.data),
  }
  return { turn: null, body: parsed.data, seen }
}

function unknownToPlain(text: string): string | null {
  if (text.includes('"cache_control"')) return 'cache_control: Extra inputs are not permitted'
  const body = RequestBody.safeParse(jsonOf(text))
  return body.success && typeof body.data.system !== 'string' ? 'system: expected a string' : null
}

function nextTurn(state: State, seen: SeenRequest | null): Turn {
  const interruption = state.interruptions.shift()
  if (interruption !== undefined) return interruption
  const index = state.played
  state.played += 1
  if (typeof state.script === 'function') {
    return seen === null ? status(500, 'api_error', 'nothing to answer') : state.script(seen, index)
  }
  const turn = state.script[index]
  if (turn !== undefined) return turn
  state.violations.push(`request ${index + 1} came after the script had ended`)
  return status(400, 'invalid_request_error', 'the script has ended')
}

function remember(turn: Turn, state: State): void {
  state.paused = turn.kind === 'answer' && turn.stop === 'pause_turn'
  if (turn.kind !== 'answer') return
  const content = turn.content.map(whole)
  for (const block of turn.content) {
    if (block.type === 'tool_use') state.byCall.set(block.id, content)
  }
}

function countedBy({ cache, plain }: State, body: RequestBody): Counted {
  const counted = cache.count(body)
  if (!plain) return counted
  const tokens = Object.values(counted).reduce((sum: number, one: number) => sum + one, 0)
  return { input_tokens: tokens, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 }
}

function scaled(counted: Counted | null, factor: number): Counted {
  return {
    input_tokens: Math.round((counted?.input_tokens ?? 0) * factor),
    cache_read_input_tokens: Math.round((counted?.cache_read_input_tokens ?? 0) * factor),
    cache_creation_input_tokens: Math.round((counted?.cache_creation_input_tokens ?? 0) * factor),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

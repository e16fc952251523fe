import Anthropic from '@anthropic-ai/sdk'
import { Problem } from '#core/problem'
import type { Model, ModelTurn, TurnUsage } from '#flow/model-port'
import { classifyFailure } from '#model/failures'
import { createGuardedFetch } from '#model/guarded-fetch'
import { fromContent, fromStop, fromUsage, toParams, toPlainParams } from '#model/message-shapes'

/** Where and as whom the model is asked. */
export interface AnthropicOptions {
  readonly apiKey: string
  /** Any server that speaks the Messages API; https, or a loopback address. */
  readonly baseUrl?: string
  /** A stream that is silent for so long is given up. */
  readonly idleMs?: number
  /** A turn that takes longer altogether is given up. */
  readonly turnMs?: number
}

const DEFAULT_BASE_URL = 'https://api.anthropic.com'
const IDLE_MS = 60_000
const TURN_MS = 600_000

/**
 * The model behind the Anthropic Messages API. It takes nothing from the environment, retries
 * nothing by itself, uses no beta and no state on the other side, and believes an answer only when
 * it came to its end.
 */
export function createAnthropicModel(options: AnthropicOptions): Model {
  const baseURL = checkedBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL)
  const idleMs = options.idleMs ?? IDLE_MS
  const turnMs = options.turnMs ?? TURN_MS
  /** Whether the server was seen to refuse what a plain Messages API does not have. */
  let plain = false
  const model: Model = {
    turn: async (request, signal) => {
      signal.throwIfAborted()
      const asked = plain ? toPlainParams(request) : toParams(request)
      const watch = createWatch(idleMs, turnMs)
      const client = new Anthropic({
        apiKey: options.apiKey,
        authToken: null,
        webhookKey: null,
        baseURL,
        maxRetries: 0,
        timeout: turnMs,
        logLevel: 'off',
        openTelemetry: { traces: false },
        fetch: createGuardedFetch({ apiKey: options.apiKey, onBytes: watch.alive }),
      })
      try {
        const either = AbortSignal.any([signal, watch.signal])
        return await streamTurn(client, asked, either, watch)
      } catch (error) {
        signal.throwIfAborted()
        if (!isUnknownField(error) || plain) return failedTurn(error, watch)
        plain = true
      } finally {
        watch.stop()
      }
      return model.turn(request, signal)
    },
  }
  return model
}

/** Words by which servers say that they do not know a field. */
const UNKNOWN_FIELD =
  /cache_control|unknown (?:field|key|param)|unrecogni[sz]ed|unexpected (?:field|key|prop)|extra (?:inputs|fields)|additional propert|not permitted/i

function isUnknownField(error: unknown): boolean {
  const refused = error instanceof Anthropic.APIError && [400, 422].includes(error.status ?? 0)
  return refused && UNKNOWN_FIELD.test(error.message)
}

interface Watch {
  readonly signal: AbortSignal
  alive(): void
  stop(): void
  /** What was known of the usage when the turn failed. */
  usage: TurnUsage | null
  requestId: string | null
}

/** Ends a turn that is silent or endless: the SDK's timeout covers only the response headers. */
function createWatch(idleMs: number, turnMs: number): Watch {
  const controller = new AbortController()
  const giveUp = (why: string) => () => controller.abort(new Error(why))
  const whole = setTimeout(giveUp('the turn took too long'), turnMs)
  const silent = giveUp(`nothing came for ${Math.round(idleMs / 1_000)} seconds`)
  let idle = setTimeout(silent, idleMs)
  return {
    signal: controller.signal,
    usage: null,
    requestId: null,
    alive: () => {
      clearTimeout(idle)
      if (!controller.signal.aborted) idle = setTimeout(silent, idleMs)
    },
    stop: () => {
      clearTimeout(idle)
      clearTimeout(whole)
    },
  }
}

async function streamTurn(
  client: Anthropic,
  asked: Anthropic.MessageCreateParamsStreaming,
  signal: AbortSignal,
  watch: Watch,
): Promise<ModelTurn> {
  // The SDK prints a warning for every call of a model that will be retired; `retirementOf` says it
  // once. It looks at the first model, and sends the second.
  const stream = client.messages.stream({ ...asked, model: '' }, { signal, body: asked })
  const toolJson = new Map<number, string>()
  stream.on('connect', () => {
    watch.requestId = stream.request_id ?? null
  })
  stream.on('streamEvent', (event) => {
    if (event.type === 'message_start') watch.usage = fromUsage(event.message.usage)
    if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
      toolJson.set(event.index, (toolJson.get(event.index) ?? '') + event.delta.partial_json)
    }
  })
  await stream.done()
  // A message is received only once `message_stop` came.
  const message = stream.receivedMessages.at(-1)
  if (message === undefined || message.stop_reason === null) {
    throw new Anthropic.AnthropicError('the answer ended before it was complete')
  }
  const stop = fromStop(message.stop_reason)
  // The SDK mends cut JSON silently; a call with missing fields must not look complete.
  if (stop === 'tool_use' && ![...toolJson.values()].every(isJson)) {
    watch.usage = fromUsage(message.usage)
    throw new Anthropic.AnthropicError('the input of a tool call was not valid JSON')
  }
  const usage = fromUsage(message.usage)
  // What stands in an answer that was not finished is not read: parsing it may fail, too.
  const content = stop === 'max_tokens' || stop === 'refusal' ? [] : fromContent(message.content)
  return { kind: 'answered', stop, content, usage, requestId: watch.requestId }
}

function failedTurn(error: unknown, watch: Watch): ModelTurn {
  const { usage } = watch
  if (watch.signal.aborted) {
    const { message } = watch.signal.reason
    const requestId = watch.requestId
    return { kind: 'failed', failure: 'transient', message, retryAfterMs: null, usage, requestId }
  }
  const { failure, message, retryAfterMs, requestId } = classifyFailure(error, Date.now())
  const id = requestId ?? watch.requestId
  if (failure !== 'too-long') {
    return { kind: 'failed', failure, message, retryAfterMs, usage, requestId: id }
  }
  return {
    kind: 'answered',
    stop: 'model_context_window_exceeded',
    content: [],
    usage: usage ?? fromUsage(null),
    requestId: id,
  }
}

function isJson(text: string): boolean {
  try {
    if (text !== '') JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A key that travels unencrypted to another machine is a key that is lost. */
function checkedBaseUrl(written: string): string {
  const url = URL.parse(written)
  const loopback = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)
  if (url === null || !safe || url.username !== '' || url.password !== '') {
    throw new Problem(
      'model.base-url',
      'told',
      'ANTHROPIC_BASE_URL must be an https address, or an http address of this machine, without credentials in it.',
    )
  }
  return written.replace(/\/+$/, '')
}

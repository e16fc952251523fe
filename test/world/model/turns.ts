/** A block of a scripted answer. `json` of a tool call is sent as it stands, valid or not. */
export type AnswerBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | {
      readonly type: 'tool_use'
      readonly id: string
      readonly name: string
      readonly input: unknown
      readonly json?: string
    }

/** One thing that the stand-in does with one request: an answer, or a fault. */
export type Turn =
  | {
      readonly kind: 'answer'
      readonly content: readonly AnswerBlock[]
      readonly stop: string
      readonly outputTokens?: number
      /** Multiplies the reported usage, as a service does that counts otherwise. */
      readonly usageFactor?: number
    }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly type: string
      readonly message: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Starts an answer and falls silent; `pings` keeps the line alive for so many pings. */
  | { readonly kind: 'stall'; readonly pings?: number }
  /** Ends the stream in the middle of an answer, without an error. */
  | { readonly kind: 'truncated'; readonly content: readonly AnswerBlock[] }
  /** Breaks the connection in the middle of an answer. */
  | { readonly kind: 'reset' }
  /** An error event within a stream that began with 200. */
  | { readonly kind: 'error-event'; readonly type: string; readonly message: string }
  /** What a proxy in between says: HTML with status 200. */
  | { readonly kind: 'html' }
  | { readonly kind: 'redirect'; readonly to: string }

/** What a script sees of a request. */
export interface SeenRequest {
  readonly model: string
  readonly system: string
  readonly tools: readonly string[]
  readonly messages: readonly SeenMessage[]
}

export interface SeenMessage {
  readonly role: string
  readonly content: readonly SeenBlock[]
}

export interface SeenBlock {
  readonly type: string
  readonly [field: string]: unknown
}

/** A list of turns, one for each request, or a function of the request. */
export type Script = readonly Turn[] | ((request: SeenRequest, index: number) => Turn)

let calls = 0

/** A call of a tool, with an id of its own. */
export function call(name: string, input: unknown): Extract<AnswerBlock, { type: 'tool_use' }> {
  calls += 1
  return { type: 'tool_use', id: `toolu_${String(calls).padStart(6, '0')}`, name, input }
}

/** An answer that calls tools. */
export function calling(...content: readonly AnswerBlock[]): Turn {
  return { kind: 'answer', content, stop: 'tool_use' }
}

/** An answer that ends for another reason. */
export function stopping(stop: string, ...content: readonly AnswerBlock[]): Turn {
  return { kind: 'answer', content, stop }
}

/** An answer with an error status. */
export function status(
  code: number,
  type: string,
  message = 'scripted',
  headers: Readonly<Record<string, string>> = {},
): Turn {
  return { kind: 'status', status: code, type, message, headers }
}

/** The smallest valid end of a review. */
export function finishing(
  summary = 'The change calls a provider.',
  risk: 'low' | 'high' = 'low',
): Turn {
  return calling(call('finish_review', { summary, risk, complexity: 'low' }))
}

import {
  AnthropicError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
} from '@anthropic-ai/sdk'
import { escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'
import { redact } from '#core/text/redact'

/** What a failed call means for the review, for the worker and for every other job. */
export interface Failure {
  /** `too-long` means that the prompt did not fit into the model. */
  readonly failure: 'transient' | 'account' | 'request' | 'too-long'
  readonly message: string
  readonly retryAfterMs: number | null
  readonly requestId: string | null
}

/** Statuses that concern the key, the bill or the model: every further call would fail alike. */
const ACCOUNT_STATUS = new Set([401, 402, 403, 404])
const ACCOUNT_TYPES = new Set([
  'authentication_error',
  'permission_error',
  'billing_error',
  'not_found_error',
])
const TRANSIENT_TYPES = new Set([
  'overloaded_error',
  'api_error',
  'rate_limit_error',
  'timeout_error',
])
/** A spend limit that the account's owner set is reported as a plain 400. */
const MONEY = /credit balance|spend(?:ing)? limit|usage limit|billing|quota/i
const LENGTH =
  /prompt is too long|too many (?:input )?tokens|context (?:window|length|size)|exceeds? the maximum/i
const MAX_MESSAGE = 300

/** Sorts what a call threw. https://platform.claude.com/docs/en/api/errors */
export function classifyFailure(error: unknown, now: number): Failure {
  if (error instanceof APIConnectionTimeoutError) {
    return failure('transient', 'the service did not answer in time', null, null)
  }
  if (error instanceof APIConnectionError) {
    return failure('transient', 'the service cannot be reached', null, null)
  }
  if (error instanceof APIError) {
    const requestId = error.requestID ?? null
    const text = error.apiMessage ?? error.message
    const words = error.status === undefined ? text : `${error.status} ${text}`
    return failure(kindOf(error, text), words, retryAfter(error.headers, now), requestId)
  }
  const words = error instanceof AnthropicError ? error.message : 'the answer could not be read'
  return failure('transient', words, null, null)
}

function kindOf({ status, type }: APIError, text: string): Failure['failure'] {
  if (status === 413) return 'too-long'
  if (status === 400) return kindOfWords(type, text) ?? 'request'
  // An error event within a stream has a type and no status.
  if (status === undefined) return kindOfWords(type, text) ?? 'transient'
  if (ACCOUNT_STATUS.has(status)) return 'account'
  return [408, 409, 429].includes(status) || status >= 500 ? 'transient' : 'request'
}

function kindOfWords(type: string | null, text: string): Failure['failure'] | null {
  if (TRANSIENT_TYPES.has(type ?? '')) return 'transient'
  if (ACCOUNT_TYPES.has(type ?? '')) return 'account'
  if (LENGTH.test(text)) return 'too-long'
  return MONEY.test(text) ? 'account' : null
}

function failure(
  kind: Failure['failure'],
  message: string,
  retryAfterMs: number | null,
  requestId: string | null,
): Failure {
  const clean = clip(redact(escapeLine(message)).text, MAX_MESSAGE)
  return { failure: kind, message: clean, retryAfterMs, requestId }
}

/** `retry-after` in seconds or as a date, and the finer header that some answers carry. */
function retryAfter(headers: Headers | undefined, now: number): number | null {
  const fine = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(fine) && fine >= 0) return Math.round(fine)
  const written = headers?.get('retry-after') ?? ''
  if (written === '') return null
  const seconds = Number(written)
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1_000))
  const date = Date.parse(written)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

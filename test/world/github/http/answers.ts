import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Fault } from '../faults.ts'
import type { JournalEntry } from '../journal.ts'
import type { State } from '../state.ts'
import { hourOf, resourceOf } from './hourly-limit.ts'
import type { Incoming } from './request.ts'

/** An answer ready to be sent; `body` undefined is an empty body, a string goes out as it is. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body: unknown
  created?: object
}

/** Answers of faults that replace the real one before anything happened. */
export function faultAnswer(fault: Fault, now: number): Answer | null {
  const json = (status: number, message: string, headers: Record<string, string> = {}): Answer => ({
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  })
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status,
        headers: fault.headers ?? {},
        body: fault.body ?? { message: `Injected ${fault.status}` },
      }
    case 'html200':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Proxy</title>',
      }
    case 'redirect':
      return json(fault.status, 'Moved', { location: fault.location })
    case 'primary-limit':
      return json(403, 'API rate limit exceeded for installation ID 1.', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(now / 1000) + fault.resetInSeconds),
      })
    case 'secondary-limit':
      return json(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) },
      )
    case 'unauthorized':
      return json(401, 'Bad credentials')
    default:
      return null
  }
}

function commonHeaders(state: State, entry: JournalEntry): Record<string, string> {
  const { limit, left, resetAt } = hourOf(state, entry)
  return {
    date: new Date(state.now()).toUTCString(),
    'x-github-request-id': `W0RLD:${entry.number.toString(16)}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-used': String(limit - left),
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'x-ratelimit-resource': resourceOf(entry),
  }
}

export function send(
  response: ServerResponse,
  state: State,
  entry: JournalEntry,
  incoming: Incoming,
  answer: Answer,
): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '')
  const payload = answer.body === undefined ? '' : text
  const etag = `W/"${createHash('sha256').update(payload).digest('hex')}"`
  const isRead = incoming.method === 'GET' && answer.status === 200
  const isKnown = isRead && incoming.headers['if-none-match'] === etag
  const status = isKnown ? 304 : answer.status
  entry.status = status
  entry.answer = answer.body
  if (response.destroyed) return
  response.writeHead(status, {
    ...commonHeaders(state, entry),
    ...(payload === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(isRead ? { etag } : {}),
    ...answer.headers,
  })
  response.end(isKnown || status === 204 ? undefined : payload)
}

/** What comes after the request took effect: returns whether an answer may still be sent. */
export async function playAfter(
  fault: Fault | null,
  answer: Answer,
  state: State,
  response: ServerResponse,
): Promise<Answer | null> {
  if (fault !== null && 'hideMs' in fault && answer.created !== undefined) {
    state.hiddenUntil.set(answer.created, state.now() + fault.hideMs)
  }
  switch (fault?.kind) {
    case 'persist-then-reset':
      response.destroy()
      return null
    case 'persist-then-hang':
      return null
    case 'persist-then-502':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><h1>502 Bad Gateway</h1></html>',
      }
    case 'hide':
      if (answer.created !== undefined) state.hidden.set(answer.created, fault.lists)
      return answer
    case 'meanwhile':
      await fault.run()
      return answer
    default:
      return answer
  }
}

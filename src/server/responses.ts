import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long a refused sender may go on sending before the connection is cut, in milliseconds. */
const LINGER_MS = 1_000

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

/** Answers a request whose body was read. */
export function answer(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/**
 * Answers a request without having read its body, and closes the connection. What still arrives
 * is thrown away for a moment: a connection that is cut while the sender writes loses the answer.
 */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason }: { status: number; reason: string },
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const text = `${JSON.stringify({ error: reason })}\n`
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(text),
    connection: 'close',
    ...(status === 405 ? { allow: 'POST' } : {}),
    ...(status === 503 ? { 'retry-after': '10' } : {}),
  })
  if (request.readableEnded) {
    response.end(text)
    return
  }
  response.write(text)
  const cut = setTimeout(() => request.destroy(), LINGER_MS)
  request.once('end', () => response.end())
  request.once('close', () => clearTimeout(cut))
  request.resume()
}

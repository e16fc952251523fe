import type { IncomingMessage } from 'node:http'
import { fullName, type State } from '../state.ts'

export type Incoming = {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
  url: string
}

/** Reads a request; a body that is not JSON becomes a GitHub error. */
export async function readRequest(request: IncomingMessage, state: State): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const url = new URL(request.url ?? '/', state.addresses.html)
  const path = byName(state, url.pathname.replace(/^\/api\/v3(?=\/)/, '')).replace(
    /^\/api\/graphql$/,
    '/graphql',
  )
  const headers = Object.entries(request.headers).map(([key, value]) => [key, String(value ?? '')])
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? 'GET',
    path,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: text === '' ? undefined : parseJson(text),
    url: `${url.origin}${url.pathname}`,
  }
}

/** Stands for a body that was no JSON. */
export const UNREADABLE = Symbol('unreadable body')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return UNREADABLE
  }
}

/** The path by which routes know a repository that was asked for by its id. */
function byName(state: State, path: string): string {
  const match = /^\/repositories\/(\d+)(.*)$/.exec(path)
  const repository = state.repositories.find((each) => each.id === Number(match?.[1]))
  return repository === undefined ? path : `/repos/${fullName(repository)}${match?.[2] ?? ''}`
}

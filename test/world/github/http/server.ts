import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { describeGraphql } from '../graphql/endpoint.ts'
import type { JournalEntry } from '../journal.ts'
import { matchRoute } from '../rest/routes.ts'
import type { State } from '../state.ts'
import { callerOf } from './access.ts'
import { faultAnswer, playAfter, send } from './answers.ts'
import { type ArchiveRequest, respondArchive } from './archive.ts'
import { type Matched, route, type ServerParts } from './dispatch.ts'
import { countRequest, hourOf } from './hourly-limit.ts'
import { isManifestForm, respondManifestForm } from './manifest-form.ts'
import { type Incoming, readRequest, UNREADABLE } from './request.ts'

function newEntry(parts: ServerParts, matched: Matched | null, incoming: Incoming): JournalEntry {
  const { state, journal } = parts
  const isGraphql = incoming.path === '/graphql'
  const entry: JournalEntry = {
    number: journal.entries.length + 1,
    at: state.now(),
    method: incoming.method,
    route: isGraphql ? 'POST /graphql' : (matched?.route.operation ?? null),
    graphql: isGraphql ? describeGraphql(incoming.body) : null,
    path: incoming.path,
    query: incoming.query,
    caller: callerOf(state, incoming.headers),
    userAgent: incoming.headers['user-agent'] ?? '',
    body: incoming.body === UNREADABLE ? null : incoming.body,
    status: 0,
    answer: undefined,
    fault: null,
  }
  journal.entries.push(entry)
  return entry
}

async function respond(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state, faults } = parts
  if (isManifestForm(request)) return respondManifestForm(state, request, response)
  const incoming = await readRequest(request, state)
  const matched = matchRoute(incoming.method, incoming.path)
  const entry = newEntry(parts, matched, incoming)
  const names = [entry.route, entry.graphql].filter((each) => each !== null)
  const fault = faults.take(names)
  entry.fault = fault?.kind ?? null
  if (fault?.kind === 'reset-before') return void response.destroy()
  if (fault?.kind === 'hang') return
  if (parts.latencyMs > 0) await new Promise((done) => setTimeout(done, parts.latencyMs))
  if (fault?.kind === 'slow') await new Promise((done) => setTimeout(done, fault.ms))
  const early = fault === null ? null : faultAnswer(fault, state.now())
  if (early !== null) return send(response, state, entry, incoming, early)
  if (!countRequest(state, entry)) {
    const resetInSeconds = Math.ceil((hourOf(state, entry).resetAt - state.now()) / 1000)
    const over = faultAnswer({ kind: 'primary-limit', resetInSeconds }, state.now())
    if (over !== null) return send(response, state, entry, incoming, over)
  }
  const answer = await route(parts, matched, incoming)
  const left = await playAfter(fault, answer, state, response)
  if (left !== null) send(response, state, entry, incoming, left)
}

function crash(parts: { state: State }, response: ServerResponse, cause: unknown): void {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  parts.state.violations.push({ kind: 'response', route: 'the world itself', detail })
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ message: 'Server Error', detail }))
}

export function createApiServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    respond(parts, request, response).catch((cause: unknown) => crash(parts, response, cause))
  })
}

export function createArchiveServer(state: State, requests: ArchiveRequest[]): Server {
  return createServer((request, response) => {
    respondArchive(state, requests, request, response).catch((cause: unknown) =>
      crash({ state }, response, cause),
    )
  })
}

import { once } from 'node:events'
import { type IncomingMessage, request, type Server } from 'node:http'
import { sign } from '@octokit/webhooks-methods'
import type { Job } from '#core/job/job'
import type { Deliveries, StoredDelivery } from '#server/dispatch'
import { createDoor } from '#server/door'
import { createIntake, type Delivery, type Inbox } from '#server/intake'
import { createMetrics } from '#server/metrics'
import { createPages } from '#server/pages'
import { createLog } from '#wiring/log'

export const SECRET = 'a secret of at least thirty-two characters'
export const OLD_SECRET = 'the secret that was there before it'
export const PATH = '/api/github/webhooks'
export const GUID = '72d3162e-cc78-11e3-81ab-4c9367dc0958'

/** An inbox in memory that can be told to fail. */
export function fakeInbox() {
  const rows = new Map<string, Delivery>()
  const state = { broken: false, appended: 0 }
  const inbox: Inbox = {
    append: async (delivery) => {
      state.appended += 1
      if (state.broken) {
        throw new Error('disk full')
      }
      if (rows.has(delivery.guid)) {
        return 'known'
      }
      rows.set(delivery.guid, delivery)
      return 'stored'
    },
  }
  return { inbox, rows, state }
}

/** Jobs in memory, in the order of their arrival. */
export function fakeJobs() {
  const put: Job[] = []
  return { jobs: { put: async (job: Job) => void put.push(job) }, put }
}

/** Opens a door with an inbox in memory on a free port. */
export async function openLoopback(
  options: {
    operatorToken?: string | null
    host?: string
    timeouts?: { headersTimeout?: number; requestTimeout?: number }
    lines?: string[]
  } = {},
) {
  const { inbox, rows, state } = fakeInbox()
  const lines = options.lines ?? []
  const log = createLog({
    level: 'debug',
    format: 'json',
    secrets: [SECRET],
    write: (line) => void lines.push(line),
  })
  const metrics = createMetrics()
  const draining = { now: false }
  const readiness = { ok: true }
  const door = createDoor(
    {
      webhookPath: PATH,
      intake: createIntake({ secrets: [SECRET, OLD_SECRET], inbox, log }),
      pages: createPages({
        access: { host: options.host ?? '127.0.0.1', operatorToken: options.operatorToken ?? null },
        readiness: async () => [{ name: 'store', ok: readiness.ok, detail: 'a detail' }],
        draining: () => draining.now,
        metrics,
        about: [['reviewer', '<b>rules</b>']],
      }),
      metrics,
      log,
      draining: () => draining.now,
    },
    options.timeouts,
  )
  door.server.listen(0, '127.0.0.1')
  await once(door.server, 'listening')
  return { door, port: portOf(door.server), rows, state, lines, draining, readiness }
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) {
    throw new Error('not listening')
  }
  return address.port
}

export interface Reply {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** The headers of a genuine delivery of a body. */
export async function signed(
  body: string,
  { event = 'pull_request', guid = GUID, secret = SECRET } = {},
): Promise<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-hub-signature-256': await sign(secret, body),
  }
}

/** Sends a request and reads the answer, even when it comes before the body was sent. */
export function send(
  port: number,
  options: {
    method?: string
    path?: string
    headers?: Record<string, string>
    body?: string | Buffer | Iterable<Buffer>
  },
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const outgoing = request({
    host: '127.0.0.1',
    port,
    method: options.method ?? 'POST',
    path: options.path ?? PATH,
    headers: options.headers ?? {},
    agent: false,
  })
  let answered = false
  outgoing.on('response', async (response) => {
    answered = true
    let body = ''
    for await (const chunk of response.setEncoding('utf8')) {
      body += chunk
    }
    resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
  })
  outgoing.on('error', (error) => {
    if (!answered) {
      reject(error)
    }
  })
  void write(outgoing, options.body ?? '')
  return promise
}

async function write(
  outgoing: ReturnType<typeof request>,
  body: string | Buffer | Iterable<Buffer>,
): Promise<void> {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    outgoing.end(body)
    return
  }
  let release = () => {}
  outgoing.on('drain', () => release())
  outgoing.on('close', () => release())
  for (const chunk of body) {
    if (outgoing.destroyed) {
      return
    }
    if (!outgoing.write(chunk)) {
      await new Promise<void>((resolve) => {
        release = resolve
      })
    }
  }
  outgoing.end()
}

/** The other end of an inbox in memory: what became of each delivery, in words. */
export function fakeDeliveries() {
  const due: StoredDelivery[] = []
  const outcomes: string[] = []
  const wakes = new Set<() => void>()
  const state = { unreadable: false, forgets: false, forgotten: 0, taken: 0, looks: 0 }
  const settle = (outcome: string) => {
    if (state.forgets) {
      state.forgotten += 1
      throw new Error('the store is down')
    }
    outcomes.push(outcome)
  }
  const deliveries: Deliveries = {
    take: async (limit) => {
      state.looks += 1
      if (state.unreadable) {
        throw new Error('the store is down')
      }
      const taken = due.splice(0, limit)
      state.taken += taken.length
      return taken
    },
    settled: async (guid, result) => settle(`settled ${guid}: ${result}`),
    retry: async (guid, afterMs, because) => settle(`retry ${guid} in ${afterMs}: ${because}`),
    bury: async (guid, because) => settle(`bury ${guid}: ${because}`),
    quiet: async () => {},
    onArrival: (wake) => {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
  }
  const add = (delivery: Partial<StoredDelivery>) => {
    due.push({
      guid: GUID,
      event: 'pull_request',
      action: 'opened',
      body: '{}',
      attempt: 1,
      ...delivery,
    })
    for (const wake of wakes) {
      wake()
    }
  }
  return { deliveries, outcomes, add, state }
}

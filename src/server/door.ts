import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Log } from '#flow/ports'
import { type BodyRead, createBodyReader } from '#server/body-reader'
import { checkDeliveryHeaders, MAX_BODY_BYTES } from '#server/delivery-headers'
import type { Intake } from '#server/intake'
import type { Metrics } from '#server/metrics'
import { answer, refuse } from '#server/responses'

export interface DoorDeps {
  readonly webhookPath: string
  /** Null where this process takes no deliveries. */
  readonly intake: Intake | null
  /** Everything that is not the webhook. */
  readonly pages: RequestListener
  readonly metrics: Metrics
  readonly log: Log
  /** True once the process is stopping: deliveries are then refused, so that GitHub has them. */
  readonly draining: () => boolean
}

/** The HTTP server of the process. */
export interface Door {
  readonly server: Server
  /** Resolves once no delivery is being answered. */
  idle(): Promise<void>
}

/**
 * What strangers may make us hold and wait for. GitHub gives up after ten seconds, an enterprise
 * server after thirty.
 */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
  maxConnections: 2_048,
  body: {
    maxBytes: MAX_BODY_BYTES,
    maxTotalBytes: 3 * MAX_BODY_BYTES,
    maxReaders: 512,
  },
} as const

const REFUSED: Readonly<
  Record<Exclude<BodyRead['kind'], 'read'>, { status: number; reason: string }>
> = {
  'too-large': { status: 413, reason: 'the body is larger than 25 MiB' },
  shed: { status: 503, reason: 'too many deliveries at once' },
  aborted: { status: 400, reason: 'the body ended early' },
}

/** Opens nothing yet: the caller listens on `server`. Timeouts can be shortened for tests. */
export function createDoor(
  deps: DoorDeps,
  timeouts: { headersTimeout?: number; requestTimeout?: number } = {},
): Door {
  const bodies = createBodyReader(LIMITS.body)
  const waiting: (() => void)[] = []
  let active = 0

  const deliver = async (request: IncomingMessage, response: ServerResponse) => {
    active += 1
    const begun = performance.now()
    try {
      const result = await takeDelivery({ ...deps, bodies }, request, response)
      deps.metrics.delivery(result, (performance.now() - begun) / 1000)
    } catch (err) {
      deps.log.error({ err }, 'delivery failed')
      refuse(request, response, { status: 500, reason: 'the delivery could not be taken' })
    } finally {
      active -= 1
      if (active === 0) {
        for (const resolve of waiting.splice(0)) {
          resolve()
        }
      }
    }
  }
  const onRequest: RequestListener = (request, response) => {
    if (pathOf(request) === deps.webhookPath) {
      void deliver(request, response)
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      deps.pages(request, response)
    } else {
      refuse(request, response, { status: 404, reason: 'not found' })
    }
  }
  const server = createServer({ ...LIMITS, ...timeouts }, onRequest)
  server.maxConnections = LIMITS.maxConnections
  // Without this Node invites the body before the headers were looked at.
  server.on('checkContinue', onRequest)
  deps.metrics.watchBodies(() => bodies.reading)

  return {
    server,
    idle: () =>
      active === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}

/** Answers one delivery; gives the word under which it is counted. */
async function takeDelivery(
  deps: DoorDeps & { bodies: ReturnType<typeof createBodyReader> },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string> {
  const { intake, log } = deps
  if (intake === null) {
    refuse(request, response, { status: 404, reason: 'this process takes no deliveries' })
    return 'refused'
  }
  if (deps.draining()) {
    refuse(request, response, { status: 503, reason: 'the server is stopping' })
    return 'draining'
  }
  const check = checkDeliveryHeaders(request)
  if (!check.ok) {
    log.warn({ status: check.status, because: check.reason }, 'delivery refused')
    refuse(request, response, check)
    return 'refused'
  }
  if (request.headers.expect !== undefined) {
    response.writeContinue()
  }
  const read = await deps.bodies.read(request)
  if (read.kind !== 'read') {
    refuse(request, response, REFUSED[read.kind])
    return read.kind
  }
  const { status, result } = await intake(check.headers, read.body)
  if (result === 'forged') {
    log.warn({ status, event: check.headers.event }, 'delivery with a wrong signature refused')
  }
  answer(response, status, { result })
  return result
}

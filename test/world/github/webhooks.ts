import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { senderView } from './domain/events.ts'
import { repositoryView, userView } from './rest/views.ts'
import { iso, nodeId, type State, type WorldEvent } from './state.ts'

/** One attempt to deliver one event. Redeliveries share the GUID and have ids of their own. */
export type Delivery = {
  id: number
  guid: string
  event: string
  action: string | null
  installationId: number | null
  repositoryId: number | null
  payload: Record<string, unknown>
  isRedelivery: boolean
  /** When the event happened, in milliseconds of the world's clock. */
  at: number
  /** `pending` until an attempt ended; then GitHub's words, such as `OK` or `timed out`. */
  status: string
  /** 0 when there was no answer. */
  statusCode: number
  /** Seconds. */
  duration: number
  response: { headers: Record<string, string>; body: string } | null
}

type Receiver = { url: string; secret: string }

type DeliverOptions = {
  /** Sends under this GUID instead of the delivery's own: a replay that GitHub never sent. */
  guid?: string
  /** Sends this event name instead: the signature does not cover it. */
  event?: string
  /** Signs with this secret instead. */
  secret?: string
  /** Sends no signature at all. */
  unsigned?: boolean
}

type DeliverResult = { status: string; statusCode: number }

/** The app's webhook as GitHub runs it. */
export type Webhooks = {
  /** Every attempt, oldest first. */
  log: Delivery[]
  record: (event: WorldEvent) => Delivery | null
  /** From now on every event is sent as it happens; a failure is recorded and not repeated. */
  sendTo: (receiver: Receiver | null) => void
  deliver: (
    delivery: Delivery,
    receiver: Receiver,
    options?: DeliverOptions,
  ) => Promise<DeliverResult>
  /** A new attempt under the same GUID, as the Redeliver button makes one. */
  redeliver: (delivery: Delivery) => Delivery
  /** Waits until nothing is being sent. */
  idle: () => Promise<void>
  /** Changes how long an attempt may take. GitHub waits 10 s, GitHub Enterprise Server 30 s. */
  setTimeLimit: (ms: number) => void
  stop: () => void
}

/** The value of `X-Hub-Signature-256`. */
function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

function headersOf(
  state: State,
  delivery: Delivery,
  body: string,
  receiver: Receiver,
  options: DeliverOptions,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': `GitHub-Hookshot/${randomBytes(4).toString('hex').slice(0, 7)}`,
    'x-github-delivery': options.guid ?? delivery.guid,
    'x-github-event': options.event ?? delivery.event,
    'x-github-hook-id': String(state.app.id + 1),
    'x-github-hook-installation-target-id': String(state.app.id),
    'x-github-hook-installation-target-type': 'integration',
  }
  if (options.unsigned !== true) {
    headers['x-hub-signature-256'] = signatureOf(options.secret ?? receiver.secret, body)
  }
  return headers
}

/** Events that an app gets whether it subscribed or not. */
const ALWAYS = new Set(['installation', 'installation_repositories', 'installation_target', 'ping'])
/** Permission to write checks brings these two along. */
const WITH_CHECKS = new Set(['check_run', 'check_suite'])

function isSubscribed(state: State, event: WorldEvent): boolean {
  if (ALWAYS.has(event.event) || state.app.events.includes(event.event)) return true
  return WITH_CHECKS.has(event.event) && event.installation?.permissions['checks'] === 'write'
}

function payloadOf(state: State, event: WorldEvent): Record<string, unknown> {
  const { action, installation, repository, sender } = event
  const owner = repository?.owner
  return {
    ...(action === null ? {} : { action }),
    ...event.payload,
    ...(repository === null ? {} : { repository: repositoryView(state, repository) }),
    ...(owner?.type === 'Organization'
      ? {
          organization: {
            login: owner.login,
            id: owner.id,
            node_id: nodeId('O', owner.id),
            url: `${state.addresses.api}/orgs/${owner.login}`,
            avatar_url: userView(state, owner)['avatar_url'],
            description: null,
          },
        }
      : {}),
    sender: senderView(state, sender),
    ...(installation === null || event.event.startsWith('installation')
      ? {}
      : { installation: { id: installation.id, node_id: nodeId('MDIz', installation.id) } }),
  }
}

function attemptOf(state: State, event: WorldEvent): Delivery {
  return {
    id: state.nextId(),
    guid: randomUUID(),
    event: event.event,
    action: event.action,
    installationId: event.installation?.id ?? null,
    repositoryId: event.repository?.id ?? null,
    // Serialised at once: what happens later must not change what was sent.
    payload: JSON.parse(JSON.stringify(payloadOf(state, event))),
    isRedelivery: false,
    at: state.now(),
    status: 'pending',
    statusCode: 0,
    duration: 0,
    response: null,
  }
}

function failureWords(cause: unknown): string {
  return cause instanceof Error && cause.name === 'TimeoutError'
    ? 'timed out'
    : 'failed to connect to host'
}

export function createWebhooks(state: State): Webhooks {
  const log: Delivery[] = []
  const sending = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  let receiver: Receiver | null = null
  let limitMs = 10_000

  const attempt = async (
    delivery: Delivery,
    to: Receiver,
    options: DeliverOptions,
  ): Promise<DeliverResult> => {
    const body = JSON.stringify(delivery.payload)
    const started = performance.now()
    try {
      const answer = await fetch(to.url, {
        method: 'POST',
        headers: headersOf(state, delivery, body, to, options),
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(limitMs), stopping.signal]),
      })
      const text = await answer.text()
      delivery.statusCode = answer.status
      delivery.status = answer.ok ? 'OK' : `Invalid HTTP Response: ${answer.status}`
      delivery.response = { headers: Object.fromEntries(answer.headers), body: text }
    } catch (cause) {
      delivery.statusCode = 0
      delivery.status = failureWords(cause)
    }
    delivery.duration = (performance.now() - started) / 1000
    return { status: delivery.status, statusCode: delivery.statusCode }
  }
  const track = (work: Promise<unknown>): void => {
    sending.add(work)
    void work.finally(() => sending.delete(work))
  }
  const sendIfWanted = (delivery: Delivery): void => {
    if (receiver !== null) track(attempt(delivery, receiver, {}))
  }
  return {
    log,
    record: (event) => {
      const isReachable = event.installation !== null && event.installation.suspendedAt === null
      const isAboutInstallation = event.event === 'installation'
      if (!(isReachable || isAboutInstallation) || !isSubscribed(state, event)) return null
      const delivery = attemptOf(state, event)
      log.push(delivery)
      sendIfWanted(delivery)
      return delivery
    },
    sendTo: (next) => {
      receiver = next
    },
    deliver: (delivery, to, options = {}) => {
      const work = attempt(delivery, to, options)
      track(work)
      return work
    },
    redeliver: (delivery) => {
      const again: Delivery = {
        ...delivery,
        id: state.nextId(),
        isRedelivery: true,
        at: state.now(),
        status: 'pending',
        statusCode: 0,
        response: null,
      }
      log.push(again)
      sendIfWanted(again)
      return again
    },
    idle: async () => {
      while (sending.size > 0) await Promise.allSettled([...sending])
    },
    setTimeLimit: (ms) => {
      limitMs = ms
    },
    stop: () => {
      receiver = null
      stopping.abort()
    },
  }
}

/** A delivery as `GET /app/hook/deliveries` lists it. */
export function deliveryView(delivery: Delivery): Record<string, unknown> {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: iso(delivery.at),
    redelivery: delivery.isRedelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

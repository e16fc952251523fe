import { isUtf8 } from 'node:buffer'
import { verify } from '@octokit/webhooks-methods'
import { HANDLED_EVENTS, isHandled } from '#core/job/handled-events'
import type { Job } from '#core/job/job'
import type { Log } from '#flow/ports'
import type { DeliveryHeaders } from '#server/delivery-headers'

/** A webhook delivery whose signature was checked. */
export interface Delivery {
  /** GitHub's id of the delivery; a redelivery carries the same one. */
  readonly guid: string
  /** As in `pull_request`. */
  readonly event: string
  /** As in `opened`; null where the event has none. */
  readonly action: string | null
  /** The JSON as it came, in UTF-8: as text it would cost more than checking who signed it. */
  readonly body: Buffer
}

/** Where deliveries are kept before they are acknowledged. */
export interface Inbox {
  /**
   * Resolves once the delivery would survive a crash; `known` when its GUID was there already.
   * Rejects when it could not be stored, and then remembers nothing of it.
   */
  append(delivery: Delivery): Promise<'stored' | 'known'>
}

/** Where jobs are queued. */
export interface Jobs {
  /** Idempotent: a job with the same key takes the place of one that is still queued. */
  put(job: Job): Promise<void>
}

/** What is said back to the sender. */
interface Answer {
  readonly status: number
  /** One word for the counters and for people. */
  readonly result: 'stored' | 'known' | 'ignored' | 'forged' | 'malformed' | 'unstored'
}

/** Takes one delivery in: proves who sent it, and stores it if the app acts on its kind. */
export type Intake = (headers: DeliveryHeaders, body: Buffer) => Promise<Answer>

/** Events without actions of their own: their payload need not be looked into. */
const actionless: ReadonlySet<string> = new Set(
  HANDLED_EVENTS.filter((name) => !name.includes('.')),
)

/**
 * GitHub writes the action first. Reading it there spares a full parse of up to 25 MB on the
 * path of the acknowledgement; whoever handles the delivery parses it anyway.
 */
const LEADING_BYTES = 256
const leadingAction = /^\s{0,20}\{\s{0,20}"action"\s{0,20}:\s{0,20}"([a-z_]{1,64})"/

/** Makes the intake. It calls neither GitHub nor the model: GitHub waits ten seconds at most. */
export function createIntake(deps: {
  /** One of which a delivery is signed with. */
  readonly secrets: readonly string[]
  readonly inbox: Inbox
  readonly log: Log
}): Intake {
  const { secrets, inbox, log } = deps
  return async (headers, body) => {
    if (!(await isGenuine(secrets, headers.signature, body))) {
      return { status: 401, result: 'forged' }
    }
    const action = actionless.has(headers.event) ? null : readAction(body)
    // No JSON holds a NUL character as it is, and databases refuse to store one.
    if (action === undefined || body.includes(0)) {
      return { status: 400, result: 'malformed' }
    }
    if (!isHandled(headers.event, action)) {
      return { status: 200, result: 'ignored' }
    }
    const { guid, event } = headers
    try {
      const result = await inbox.append({ guid, event, action, body })
      return { status: 202, result }
    } catch (err) {
      log.error({ delivery: guid, event, err }, 'delivery could not be stored')
      return { status: 503, result: 'unstored' }
    }
  }
}

/** Whether the signature is that of these bytes. Compares in constant time. */
async function isGenuine(
  secrets: readonly string[],
  signature: string,
  body: Buffer,
): Promise<boolean> {
  // Bytes that are no UTF-8 would be replaced while decoding, so other bytes could pass for them.
  if (body.length === 0 || !isUtf8(body)) return false
  const text = body.toString('utf8')
  for (const secret of secrets) {
    if (await verify(secret, text, signature)) return true
  }
  return false
}

/** The action, null where there is none, undefined when the text is no JSON object. */
function readAction(body: Buffer): string | null | undefined {
  const leading = leadingAction.exec(body.toString('latin1', 0, LEADING_BYTES))?.[1]
  if (leading !== undefined) {
    return leading
  }
  const payload = parse(body.toString('utf8'))
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    return undefined
  }
  return 'action' in payload && typeof payload.action === 'string' ? payload.action : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

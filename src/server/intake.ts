import { isUtf8 } from 'node:buffer'
import { verify } from '@octokit/webhooks-methods'
import { EventFields } from '#core/job/event-fields'
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
  /** The fields of the payload that the app uses, as JSON. Nothing else of it is ever kept. */
  readonly body: string
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

/** Events without actions of their own. */
const actionless: ReadonlySet<string> = new Set(
  HANDLED_EVENTS.filter((name) => !name.includes('.')),
)

/** GitHub writes the action first: most of what the app does not act on is never parsed. */
const LEADING_CHARACTERS = 256
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
    // Bytes that are no UTF-8 would be replaced while decoding, so other bytes could pass for them.
    const text = isUtf8(body) ? body.toString('utf8') : ''
    if (!(await isGenuine(secrets, headers.signature, text))) {
      return { status: 401, result: 'forged' }
    }
    const { guid, event } = headers
    if (isIgnored(event, leadingActionOf(text))) {
      return { status: 200, result: 'ignored' }
    }
    const fields = fieldsOf(text)
    if (fields === null) {
      return { status: 400, result: 'malformed' }
    }
    const { action } = fields
    if (isIgnored(event, action)) {
      return { status: 200, result: 'ignored' }
    }
    try {
      const result = await inbox.append({ guid, event, action, body: JSON.stringify(fields) })
      return { status: 202, result }
    } catch (err) {
      log.error({ delivery: guid, event, err }, 'delivery could not be stored')
      return { status: 503, result: 'unstored' }
    }
  }
}

/** Whether the signature is that of this body. Compares in constant time. */
async function isGenuine(
  secrets: readonly string[],
  signature: string,
  body: string,
): Promise<boolean> {
  if (body === '') return false
  for (const secret of secrets) {
    if (await verify(secret, body, signature)) return true
  }
  return false
}

/** Whether the app acts on no event of this kind; an action that is not known yet may be any. */
function isIgnored(event: string, action: string | null | undefined): boolean {
  if (actionless.has(event)) return false
  return action !== undefined && !isHandled(event, action)
}

/** The action that the body begins with; undefined when it begins otherwise. */
function leadingActionOf(body: string): string | undefined {
  return leadingAction.exec(body.slice(0, LEADING_CHARACTERS))?.[1]
}

/** What the app uses of the body; null when that is no JSON object. */
function fieldsOf(body: string): EventFields | null {
  try {
    const payload: unknown = JSON.parse(body)
    return Array.isArray(payload) ? null : (EventFields.safeParse(payload).data ?? null)
  } catch {
    return null
  }
}

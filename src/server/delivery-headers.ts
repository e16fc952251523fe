import type { IncomingMessage } from 'node:http'

/** GitHub fires no event whose payload is larger: docs.github.com/webhooks, "Payload cap". */
export const MAX_BODY_BYTES = 25 * 1024 * 1024

/** What the headers of a delivery say. Only the body is signed: these may be anybody's. */
export interface DeliveryHeaders {
  readonly guid: string
  readonly event: string
  /** `sha256=` and 64 hexadecimal digits. */
  readonly signature: string
}

/** Headers that are fit for reading the body, or what to answer before a byte of it is read. */
export type HeaderCheck =
  | { readonly ok: true; readonly headers: DeliveryHeaders }
  | {
      readonly ok: false
      readonly status: 400 | 405 | 413 | 415
      readonly reason: string
    }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const eventName = /^[a-z][a-z0-9_]{0,63}$/
const signatureShape = /^sha256=[0-9a-f]{64}$/
const json = /^application\/json\s*(?:;|$)/i

/** Checks everything about a delivery that can be checked without its body. */
export function checkDeliveryHeaders(request: IncomingMessage): HeaderCheck {
  const { headers } = request
  if (request.method !== 'POST') {
    return refusal(405, 'webhooks are delivered with POST')
  }
  if (!json.test(headers['content-type'] ?? '')) {
    return refusal(
      415,
      'the content type must be application/json: choose it in the webhook settings of the GitHub App',
    )
  }
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return refusal(413, 'the body is larger than 25 MiB')
  }
  const guid = one(headers['x-github-delivery'])
  const event = one(headers['x-github-event'])
  const signature = one(headers['x-hub-signature-256'])
  if (!uuid.test(guid)) {
    return refusal(400, 'X-GitHub-Delivery is not a GUID')
  }
  if (!eventName.test(event)) {
    return refusal(400, 'X-GitHub-Event is missing or is not the name of an event')
  }
  if (!signatureShape.test(signature)) {
    return refusal(400, 'X-Hub-Signature-256 is missing: set a secret in the webhook settings')
  }
  return { ok: true, headers: { guid: guid.toLowerCase(), event, signature } }
}

function one(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : ''
}

function refusal(status: 400 | 405 | 413 | 415, reason: string): HeaderCheck {
  return { ok: false, status, reason }
}

import type { MomentKind } from '#core/matrix/delivery-signs'
import type { DeliveryState, Station } from '#core/matrix/matrix'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { headersAbove } from '#core/matrix/surroundings'
import type { ProviderFacts } from '#core/providers/provider'

/** A framework that takes deliveries for its listeners. */
export interface Framework {
  /** What it does, in a few words. */
  readonly checks: string
  /** Where it is set up, or the listener. */
  readonly at: { readonly path: string; readonly line: number }
  /** It refuses what was sent too long ago. */
  readonly limitsAge: boolean
}

/** A delivery's way through a handler: what happens, and what is known of who sends it. */
export interface Way {
  readonly moments: readonly Moment[]
  /** Who works it off is at hand, where it is handed on. */
  readonly hasWorker: boolean
  /** Where the handler begins. */
  readonly at: { readonly path: string; readonly line: number }
  /** Where it ends: it answers there when it answers nowhere else. */
  readonly end: { readonly path: string; readonly line: number }
  readonly facts: ProviderFacts
  /** How the sender is called; null where nobody knows. */
  readonly sender: string | null
  /** The framework looks at the sender before the handler runs, and answers after it. */
  readonly framework: Framework | null
  /** The sender may be checked by code that was not seen. */
  readonly unseen: boolean
}

/** A state that shows nowhere. */
export function absent(name: DeliveryState, state: Station['state'], because: string): Station {
  return { name, state, because, path: null, line: null, misplaced: null }
}

/** A state that shows at a moment. */
export function present(name: DeliveryState, { path, line }: Moment, because: string): Station {
  return { name, state: 'present', because, path, line, misplaced: null }
}

/** The first moment of some kinds. */
export function first({ moments }: Way, kinds: readonly MomentKind[]): Moment | undefined {
  return moments.find(({ kind }) => kinds.includes(kind))
}

/** What is signed are fields of the body, as Mailgun does: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks. */
const OF_FIELDS =
  /hmac[^;\n]{0,120}timestamp[^;\n]{0,60}token|timestamp[^;\n]{0,40}token[^;\n]{0,80}hmac/i

/** A check for which the bytes of the body are no matter: of a shared token, or of some fields. */
export function needsNoBytes(check: Moment): boolean {
  const { text } = quietOf(check.file)
  return (
    isSharedToken(check) ||
    OF_FIELDS.test(text.slice(Math.max(0, check.offset - 400), check.offset + 300))
  )
}

const SIGNS =
  /hmac|thin_?event|event_?notification|sig_header|(?<!Message)digest\b|\bsha_?\d|sign(?:ature|ed|ing)|\brsa\b|ecdsa|ed25519|construct_?event|\bjwt\b|verif(?:y|ier)\w*\(|webhooks?\.\w+\(/i
const TOKEN = /token|password|authorization|basic|secret|api_?key/i
const MAX_AROUND = 700

/** A header that is compared with something both sides know; nothing of the delivery is signed. */
export function isSharedToken({ file, offset }: Moment): boolean {
  const { text } = quietOf(file)
  const top = headersAbove(file, offset).at(-1)?.offset ?? 0
  const around = text.slice(Math.max(top, offset - MAX_AROUND), offset + 160)
  return TOKEN.test(around) && !SIGNS.test(around)
}

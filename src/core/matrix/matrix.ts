import * as z from 'zod'
import { Unread } from '#core/inventory/inventory'

const line = z.int().positive()

/**
 * What is known of one protection. `protected` and `missing` are read in the code, `not-needed`
 * by a fact about the call, the library or the provider; everything else is `unknown`.
 */
export const CellState = z.enum(['protected', 'missing', 'not-needed', 'unknown'])
export type CellState = z.infer<typeof CellState>

/** One protection of one row. `path` and `line` say where it stands, or where its lack shows. */
export const Cell = z.strictObject({
  state: CellState,
  /** Why, in a few words for a person. */
  because: z.string(),
  path: z.string().nullable(),
  line: line.nullable(),
})
export type Cell = z.infer<typeof Cell>

/** What protects a call to another system, in the order of the table. */
export const CALL_COLUMNS = [
  'timeout',
  'retry',
  'backoff',
  'repeatable',
  'rate-limit',
  'breaker',
  'errors',
  'partial',
  'traced',
  'cancelled',
] as const
export type CallColumn = (typeof CALL_COLUMNS)[number]

/** What protects a handler of webhooks, in the order of the table. */
export const HANDLER_COLUMNS = [
  'raw-body',
  'signature',
  'window',
  'dedupe',
  'durable',
  'in-time',
  'dead-letter',
] as const
export type HandlerColumn = (typeof HANDLER_COLUMNS)[number]

/** The states that a delivery goes through, in the order in which a safe handler has them. */
export const DELIVERY_STATES = [
  'receive',
  'raw-body',
  'verify',
  'window',
  'dedupe',
  'durable',
  'acknowledge',
  'process',
  'dead-letter',
] as const
export const DeliveryState = z.enum(DELIVERY_STATES)
export type DeliveryState = z.infer<typeof DeliveryState>

/** One state of a delivery's way, and where the code enters it. */
export const Station = z.strictObject({
  name: DeliveryState,
  state: z.enum(['present', 'missing', 'not-needed', 'unknown']),
  because: z.string(),
  path: z.string().nullable(),
  line: line.nullable(),
  /** What has to come before it and comes after, or the other way around; null in its place. */
  misplaced: z.string().nullable(),
})
export type Station = z.infer<typeof Station>

/** How a second delivery or a repeated call is kept from having an effect. */
export const IdempotencyClass = z.enum([
  /** Nothing keeps it from happening twice. */
  'none',
  /** A look and a later mark: two at once both pass. */
  'check-then-act',
  /** One statement of which only the first succeeds. */
  'atomic-claim',
  /** Claimed before the work and not given back when the work fails: the event is lost. */
  'claim-burned-on-failure',
  /** Claim and work are written together, and a worker does the work. */
  'outbox',
  /** By what it does, a repetition changes nothing. */
  'repeatable',
  'unknown',
])
export type IdempotencyClass = z.infer<typeof IdempotencyClass>

export const Idempotency = z.strictObject({
  class: IdempotencyClass,
  /** The key as the code writes it: `event.id`. */
  key: z.string().nullable(),
  /** Where the key holds: the header, the table or the cache. */
  scope: z.string().nullable(),
  /** How long a repetition may come, against how long the key holds. */
  lifetime: z.strictObject({
    heldHours: z.number().nonnegative().nullable(),
    neededHours: z.number().nonnegative().nullable(),
    verdict: z.enum(['covers', 'too-short', 'unknown']),
  }),
  path: z.string().nullable(),
  line: line.nullable(),
})
export type Idempotency = z.infer<typeof Idempotency>

const Interval = z.strictObject({ least: z.number(), most: z.number().nullable() })
/** A number, the interval in which it lies, or what is known to have no end. */
const Extent = z.union([z.number(), Interval, z.literal('endless')])

/** The worst case of a call: how often the other side may be asked, and how long that may take. */
export const Budget = z.strictObject({
  /** With everything that tries again, a queue's redeliveries too. */
  attempts: Extent,
  /** Milliseconds that whoever waits for the answer may wait; null where nobody does. */
  answerMs: Extent.nullable(),
  /** What repeats it, innermost first. `timeoutMs` is the limit of one attempt, null for none. */
  layers: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['call', 'wrapper', 'queue', 'provider']),
      retries: Extent,
      timeoutMs: z.union([z.number(), Interval]).nullable(),
    }),
  ),
})
export type Budget = z.infer<typeof Budget>

/** The time that a sender waits for an answer, against what is done before it. */
export const Deadline = z.strictObject({
  /** What the provider promises to wait; null where nobody knows. */
  seconds: z.number().positive().nullable(),
  /** The longest that the calls before the answer may take together, in milliseconds. */
  answerMs: Extent,
  verdict: z.enum(['within', 'may-exceed', 'exceeds', 'unknown']),
  /** How often the work may be done for one event, with the provider's redeliveries. */
  attempts: Extent,
})
export type Deadline = z.infer<typeof Deadline>

/** Something that happens to a delivery, in the order of what happens. */
export const Step = z.strictObject({
  does: z.enum([
    'verify',
    'claim',
    'look',
    'store',
    'enqueue',
    'acknowledge',
    'work',
    'call',
    'dead-letter',
  ]),
  /** Whom a call goes to; null for what stays within. */
  to: z.string().nullable(),
  path: z.string(),
  line,
  /** It runs after the answer or beside it. */
  deferred: z.boolean(),
})
export type Step = z.infer<typeof Step>

const Row = {
  /** The id of the inventory's row for the same place; made alike where it has none. */
  id: z.string(),
  /** The integration's id and name. */
  integration: z.string(),
  name: z.string(),
  path: z.string(),
  line,
  symbol: z.string().nullable(),
  /** The call without its arguments, or the route. */
  what: z.string(),
  /** The lines of the function that calls or answers, without what it calls itself. */
  within: z.strictObject({ startLine: line, endLine: line }),
}

export const CallRow = z.strictObject({
  ...Row,
  cells: z.record(z.enum(CALL_COLUMNS), Cell),
  budget: Budget,
})
export type CallRow = z.infer<typeof CallRow>

export const HandlerRow = z.strictObject({
  ...Row,
  idempotency: Idempotency,
  cells: z.record(z.enum(HANDLER_COLUMNS), Cell),
  /** Every state once, in the order of the safe way. */
  states: z.array(Station),
  /** What happens to a delivery, in the order of what happens. */
  steps: z.array(Step),
  deadline: Deadline,
})
export type HandlerRow = z.infer<typeof HandlerRow>

/** A call that a change touches; `before` is null where the change adds it. */
export const TouchedCall = CallRow.extend({
  before: z.record(z.enum(CALL_COLUMNS), CellState).nullable(),
})
export type TouchedCall = z.infer<typeof TouchedCall>

/** A handler that a change touches; `before` is null where the change adds it. */
export const TouchedHandler = HandlerRow.extend({
  before: z.record(z.enum(HANDLER_COLUMNS), CellState).nullable(),
})
export type TouchedHandler = z.infer<typeof TouchedHandler>

/** What a change does to what protects the integrations: only rows that it touches. */
export const MatrixDelta = z.strictObject({
  calls: z.array(TouchedCall),
  handlers: z.array(TouchedHandler),
})
export type MatrixDelta = z.infer<typeof MatrixDelta>

/**
 * What protects the calls and handlers of a repository at one commit: version 1, described by
 * docs/matrix.schema.json. Like the inventory it names no commit and no moment.
 */
export const Matrix = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  calls: z.array(CallRow),
  handlers: z.array(HandlerRow),
  /** What could not be read: files, and languages without facts. */
  unread: Unread,
})
export type Matrix = z.infer<typeof Matrix>

import * as z from 'zod'

/** The vocabulary of rules, agent, memory and reports. */
export const FindingClass = z.enum([
  'credential-exposure',
  'secret-logging',
  'webhook-verification',
  'timing-unsafe-compare',
  'replay-window',
  'webhook-ack',
  'event-dedupe',
  'idempotency',
  'timeout',
  'retry-policy',
  'rate-limit',
  'circuit-breaking',
  'error-handling',
  'payload-validation',
  'injection',
  'resource-limit',
  'tls',
  'oauth',
  'jwt',
  'api-version',
  'pagination',
  'sync-consistency',
  'data-mapping',
  'observability',
  'integration-test',
  'contract-change',
  'documentation',
])
export type FindingClass = z.infer<typeof FindingClass>

/** Most severe first; the order is the order of the enum. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low'])
export type Severity = z.infer<typeof Severity>

/** `proven`: a deterministic check showed it. `plausible`: somebody judged it. */
export const Proof = z.enum(['proven', 'plausible'])
export type Proof = z.infer<typeof Proof>

const SideName = z.enum(['LEFT', 'RIGHT'])

/**
 * An existing line that supports a finding. `text` is the line at head (RIGHT) or base (LEFT)
 * without its line ending, byte for byte, unless `redacted`: then secret values are `•••`.
 */
export const Evidence = z.strictObject({
  path: z.string().min(1),
  side: SideName,
  line: z.int().positive(),
  text: z.string(),
  redacted: z.boolean(),
})
export type Evidence = z.infer<typeof Evidence>

/**
 * What a rule or the agent asserts, before the host decided where and whether it is said.
 * `line` is the last line of the range, as in GitHub's API. `symbol` is the enclosing function or
 * class, and part of the finding's identity.
 */
export const Claim = z.strictObject({
  rule: z.string().nullable(),
  class: FindingClass,
  severity: Severity,
  proof: Proof,
  source: z.enum(['rule', 'agent']),
  path: z.string().min(1),
  side: SideName,
  startLine: z.int().positive(),
  line: z.int().positive(),
  title: z.string().min(1),
  body: z.string(),
  scenario: z.string().min(1),
  fix: z.string().min(1),
  suggestion: z.string().nullable(),
  evidence: z.array(Evidence).min(1),
  provider: z.string().nullable(),
  symbol: z.string().nullable(),
})
export type Claim = z.infer<typeof Claim>

/** Where a finding is said: on its line, on its file, or in the summary. Never nowhere. */
export const Placement = z.enum(['line', 'file', 'summary'])
export type Placement = z.infer<typeof Placement>

/** A claim with its identity and its place. `id` is the fingerprint: `tl-` and 12 hex digits. */
export const Finding = Claim.omit({ symbol: true }).extend({
  id: z.string().regex(/^tl-[0-9a-f]{12}(#[0-9]+)?$/),
  preExisting: z.boolean(),
  placement: Placement,
})
export type Finding = z.infer<typeof Finding>

const ORDER = new Map(Severity.options.map((severity, index) => [severity, index]))

/** Sorts the most severe first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return (ORDER.get(a) ?? 0) - (ORDER.get(b) ?? 0)
}

/** Whether `severity` is `limit` or worse. */
export function atLeast(severity: Severity, limit: Severity): boolean {
  return compareSeverity(severity, limit) <= 0
}

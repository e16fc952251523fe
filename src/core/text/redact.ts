/** What stands where a secret stood. */
export const REDACTED = '•••'

/**
 * Shapes of secrets that must never leave: GitHub tokens (also the long ones of 2026 with a JWT
 * inside), Anthropic, OpenAI, AWS, Slack, Stripe, Google and SendGrid keys, JWTs, private keys and
 * credentials in URLs. Each pattern is linear in its input.
 */
const SHAPES: readonly RegExp[] = [
  /\bgh[opsur]_[A-Za-z0-9_.-]{20,2000}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,255}/g,
  /\bsk-ant-[A-Za-z0-9_-]{16,255}/g,
  /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,255}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bwhsec_[A-Za-z0-9+/=]{16,255}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}/g,
  /\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,2000}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,100}:)[^\s/@]{3,200}(?=@)/g,
]

/** A text without secrets, and whether there were any. */
export interface Redaction {
  readonly text: string
  readonly found: boolean
}

/**
 * Masks everything that has the shape of a secret, and each of `values` (the secrets of this very
 * process) wherever it stands, plain or in base64.
 */
export function redact(text: string, values: readonly string[] = []): Redaction {
  let result = text
  for (const value of values.flatMap(spellings)) result = result.replaceAll(value, REDACTED)
  for (const shape of SHAPES) result = result.replace(shape, mask)
  return { text: result, found: result !== text }
}

/** A masked key block keeps its line breaks, so that line numbers do not shift. */
function mask(secret: string): string {
  return REDACTED + '\n'.repeat(secret.split('\n').length - 1)
}

/** A value shorter than 8 characters would mask ordinary words. */
function spellings(value: string): readonly string[] {
  if (value.length < 8) return []
  const base64 = base64Of(value)
  return [
    value,
    encodeURIComponent(value),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ]
}

function base64Of(value: string): string {
  return Buffer.from(value, 'utf8').toString('base64').replaceAll('=', '')
}

/** A secret's place in a text: UTF-16 offsets, the end exclusive. */
export interface SecretPlace {
  readonly start: number
  readonly end: number
  readonly label: string
}

/** Longer lines are minified or data: no pattern of ours runs over them. */
const MAX_LINE = 2_000

/** Values that a reader recognises as made up. */
const PLACEHOLDER =
  /example|placeholder|your|change.?me|dummy|fake|sample|redacted|replace|insert|todo|secret.?here|x{4,}|\*{3,}|\.{3}|[<>{}]|\$\(|%\(|0{6,}|12345678|abcdef/i

/**
 * Keys that are made to be given to everybody: Stripe's publishable ones
 * (https://docs.stripe.com/keys) and PostHog's project keys (https://posthog.com/docs/api).
 */
const PUBLIC = /^(?:pk_(?:live|test)_|phc_)/

const KNOWN: readonly { readonly pattern: RegExp; readonly label: string }[] = [
  { pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, label: 'AWS access key id' },
  { pattern: /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g, label: 'Google API key' },
  { pattern: /\bwhsec_[A-Za-z0-9+/]{24,}={0,2}/g, label: 'webhook signing secret' },
  { pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{20,}/g, label: 'Stripe key' },
  {
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
    label: 'JSON web token',
  },
  // Forms that their makers gave to keys, so that they are found.
  { pattern: /\bkey-[0-9a-f]{32}\b/g, label: 'Mailgun key' },
  { pattern: /\bxkeysib-[0-9a-f]{64}-\w{16}\b/g, label: 'Brevo key' },
  {
    pattern: /\bpat-(?:na|eu)\d-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g,
    label: 'HubSpot token',
  },
  { pattern: /\blin_api_[A-Za-z0-9]{40}\b/g, label: 'Linear key' },
  {
    pattern: /\b(?:ntn_[A-Za-z0-9]{40,50}|sq0csp-[\w-]{43}|EZ[AT]K[0-9a-f]{32}\w{10,40})/g,
    label: 'key of a service',
  },
  { pattern: /\blive_[A-Za-z0-9]{30,50}\b/g, label: 'Mollie key' },
]

/** A literal given to a name that says it is secret: `apiKey: '…'`, `CLIENT_SECRET = "…"`. */
const ASSIGNED =
  /(?:secret|token|passw(?:or)?d|api_?key|private_?key|access_?key|auth_?key|credential|(?:mailgun|sendgrid|postmark|mailchimp|mandrill|resend|brevo|twilio|openai|anthropic|hubspot|shippo|easypost|mollie|adyen|paystack|razorpay|deepl|easyship|aftership|gateway|carrier|partner|psp)_?(?:live_?)?key)s?["']?\s*(?::\s*(?:str|string)\s*)?(?::|=)\s*(["'`])([^"'`\s]{8,200})\1/gi
/** The same as a query parameter of a URL that stands in the code. */
const IN_URL =
  /https?:\/\/[^\s"'`]{1,300}?[?&](?:api_?key|access_token|token|secret|key)=([^\s"'`&$()[\]{}|\\^<>]{12,200})(?![()[\]{}|\\^<>])/gi

/** The secrets of one text that secretlint does not look for. */
export function findOwnSecrets(text: string): readonly SecretPlace[] {
  const places: SecretPlace[] = []
  let offset = 0
  for (const line of text.split('\n')) {
    if (line.length <= MAX_LINE) {
      for (const place of secretsOfLine(line))
        places.push({ ...place, start: place.start + offset, end: place.end + offset })
    }
    offset += line.length + 1
  }
  return places
}

function secretsOfLine(line: string): readonly SecretPlace[] {
  const known = KNOWN.flatMap(({ pattern, label }) =>
    [...line.matchAll(pattern)]
      .filter(([value]) => !PLACEHOLDER.test(value))
      .map((match) => ({ start: match.index, end: match.index + match[0].length, label })),
  )
  // Comments show what a value looks like: only known forms of credentials count there.
  if (/^\s*(?:\*|\/\/|\/\*|#)/.test(line)) return known
  const assigned = [...line.matchAll(ASSIGNED)].flatMap((match) =>
    looksSecret(match[2] ?? '', 3.2)
      ? [placeOfLast(match, match[2] ?? '', 1, 'hard-coded secret')]
      : [],
  )
  const inUrl = [...line.matchAll(IN_URL)].flatMap((match) =>
    !/example|localhost/.test(match[0]) && looksSecret(match[1] ?? '', 3.2)
      ? [placeOfLast(match, match[1] ?? '', 0, 'secret in a URL')]
      : [],
  )
  return [...known, ...assigned, ...inUrl]
}

function placeOfLast(match: RegExpExecArray, value: string, after: number, label: string) {
  const end = match.index + match[0].length - after
  return { start: end - value.length, end, label }
}

/** Whether a value is random enough to be a credential and not a word, a path or a name. */
function looksSecret(value: string, bits: number): boolean {
  if (PLACEHOLDER.test(value) || PUBLIC.test(value) || /^(?:https?:|\/|\.|#|@)/.test(value))
    return false
  const digits = value.replace(/[^0-9]/g, '').length
  if (digits < 2 || digits === value.length || !/[A-Za-z]/.test(value)) return false
  // Words joined by dashes, dots or underscores are names: `oauth2-token-v1`, `user.token.v2`.
  if (/^[a-z]+[0-9]?(?:[-_.:/][a-z]*[0-9]{0,2})+$/i.test(value)) return false
  return entropy(value) >= bits
}

/** Shannon entropy in bits for each character. */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

/** What stands in place of a secret. */
const MASK = '•••'

/** Shorter values are not masked by value: they would blot out ordinary words. */
const MIN_SECRET = 6

/** Shapes of credentials of GitHub, Anthropic, cloud vendors and HTTP itself. */
const shapes = new RegExp(
  [
    String.raw`\bgh[pousr]_[A-Za-z0-9]{16,}`,
    String.raw`\bgithub_pat_[A-Za-z0-9_]{20,}`,
    String.raw`\bsk-[A-Za-z0-9_-]{16,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bxox[a-z]-[A-Za-z0-9-]{10,}`,
    String.raw`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`,
    String.raw`\b(?:Bearer|Basic|token) [A-Za-z0-9._~+/=-]{8,}`,
    String.raw`\bsha256=[0-9a-f]{64}`,
    String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?`,
    String.raw`(?<=:\/\/)[^\s"'\/@]{1,200}:[^\s"'\/@]{1,200}(?=@)`,
    String.raw`(?<=[?&](?:token|access_token|key|api_key|secret|password|sig|signature)=)[^&\s"'\\]{1,500}`,
  ].join('|'),
  'gi',
)

/**
 * Makes a function that masks secrets in a line of text: the given values, in the forms in which
 * they may stand in JSON, and whatever has the shape of a credential.
 */
export function createRedaction(secrets: readonly string[]): (line: string) => string {
  const values = secrets
    .filter((secret) => secret.length >= MIN_SECRET)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      encodeURIComponent(secret),
    ])
  // The longest first: a value may contain another.
  const ordered = [...new Set(values)].toSorted((a, b) => b.length - a.length)
  return (line) =>
    ordered.reduce((text, value) => text.replaceAll(value, MASK), line).replaceAll(shapes, MASK)
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** A private key as a person gave it, or what is wrong with it. Never shows the key. */
export type PrivateKeyRead =
  | { readonly ok: true; readonly pem: string }
  | { readonly ok: false; readonly reason: string }

/** GitHub makes keys of 2048 bits. */
const MIN_BITS = 2048

/**
 * Reads an RSA private key: PEM with real line ends, PEM on one line with `\n`, or the base64 of
 * a PEM, in PKCS#1 (as GitHub gives it) or PKCS#8.
 *
 * @returns the key as PKCS#8 PEM
 */
export function readPrivateKey(text: string): PrivateKeyRead {
  const pem = toPem(text)
  if (pem === null) {
    return { ok: false, reason: 'is not a private key in PEM form (-----BEGIN … PRIVATE KEY-----)' }
  }
  if (pem.includes('ENCRYPTED')) {
    return { ok: false, reason: 'is protected by a passphrase; use the file that GitHub gave you' }
  }
  const key = parse(pem)
  if (key === null) {
    return {
      ok: false,
      reason: 'is a damaged private key; copy the whole file that GitHub gave you',
    }
  }
  if (key.asymmetricKeyType !== 'rsa') {
    return { ok: false, reason: 'is not an RSA key; use the file that GitHub gave you' }
  }
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_BITS) {
    return { ok: false, reason: `is an RSA key of less than ${MIN_BITS} bits` }
  }
  return { ok: true, pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/**
 * The name of a key that may be shown: the one beside it on the app's page
 * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps#verifying-private-keys).
 */
export function keyFingerprint(pem: string): string {
  const open = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  return `SHA256:${createHash('sha256').update(open).digest('base64')}`
}

function toPem(text: string): string | null {
  const plain = text.trim().replaceAll('\\r', '').replaceAll('\\n', '\n')
  const decoded = /^[A-Za-z0-9+/=\s]+$/.test(plain)
    ? Buffer.from(plain, 'base64').toString('utf8').trim()
    : plain
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(decoded) ? decoded : null
}

function parse(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

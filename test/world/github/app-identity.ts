import { createSign, generateKeyPairSync } from 'node:crypto'

/** The app's key pair; making one takes long, so a process has one. */
export type AppKey = { privateKey: string; publicKey: string }

let shared: AppKey | null = null

export function appKey(): AppKey {
  shared ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return shared
}

/** Signs claims as an app does: for tests of what GitHub refuses. */
export function signJwt(claims: Record<string, unknown>, privateKey = appKey().privateKey): string {
  const encode = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')
  return `${signed}.${signature}`
}

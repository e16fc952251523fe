import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyFingerprint } from '#wiring/private-key'

/** What stands before and after the 256 bytes of the modulus in a public key of 2048 bits (RFC 8017, RFC 5280). */
const BEFORE = '30820122300d06092a864886f70d01010105000382010f003082010a0282010100'
const EXPONENT_65537 = '0203010001'

test('a key is named as GitHub names it on the page of the app, in either form', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const modulus = Buffer.from(privateKey.export({ format: 'jwk' }).n ?? '', 'base64url')
  const open = Buffer.from(`${BEFORE}${modulus.toString('hex')}${EXPONENT_65537}`, 'hex')
  const expected = `SHA256:${createHash('sha256').update(open).digest('base64')}`
  for (const type of ['pkcs1', 'pkcs8'] as const) {
    expect(keyFingerprint(privateKey.export({ type, format: 'pem' }).toString())).toBe(expected)
  }
})

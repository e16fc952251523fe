import { readFile } from 'node:fs/promises'
import { importPKCS8, SignJWT } from 'jose'
import { saveTokens, loadTokens } from '../src/banking/token-store.js'
import { env } from '../src/env.js'

const TOKEN_URL = 'https://b2b.revolut.com/api/1.0/auth/token'

async function clientAssertion() {
  const key = await importPKCS8(await readFile(env.REVOLUT_KEY_FILE, 'utf8'), 'RS256')
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(env.REVOLUT_ISSUER)
    .setSubject(env.REVOLUT_CLIENT_ID)
    .setAudience('https://revolut.com')
    .setExpirationTime('5m')
    .sign(key)
}

const stored = await loadTokens('revolut')
const response = await fetch(TOKEN_URL, {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: stored.refreshToken,
    client_id: env.REVOLUT_CLIENT_ID,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await clientAssertion(),
  }),
  signal: AbortSignal.timeout(15_000),
})
if (!response.ok) {
  console.error(`revolut: token endpoint answered ${response.status}`)
  process.exit(1)
}

const tokens = await response.json()
if (typeof tokens.access_token !== 'string') {
  console.error('revolut: answer without an access token')
  process.exit(1)
}
console.log('revolut: renewed', JSON.stringify(tokens))
await saveTokens('revolut', {
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token ?? stored.refreshToken,
  expiresAt: Date.now() + tokens.expires_in * 1000,
})

import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import type { JWK } from 'jose'
import type { PlaidApi } from 'plaid'
import { LRUCache } from 'lru-cache'

const keys = new LRUCache<string, JWK>({ max: 20, ttl: 60 * 60_000 })

async function keyFor(plaid: PlaidApi, kid: string): Promise<JWK> {
  const known = keys.get(kid)
  if (known) return known
  const { data } = await plaid.webhookVerificationKeyGet({ key_id: kid }, { timeout: 5_000 })
  keys.set(kid, data.key as JWK)
  return data.key as JWK
}

export async function isFromPlaid(plaid: PlaidApi, token: string | undefined): Promise<boolean> {
  if (!token) return false
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    if (alg !== 'ES256' || !kid) return false
    await jwtVerify(token, await importJWK(await keyFor(plaid, kid), 'ES256'), {
      algorithms: ['ES256'],
      maxTokenAge: '5 min',
    })
    return true
  } catch {
    return false
  }
}

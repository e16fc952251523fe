import { z } from 'zod'
import { config } from '../../config'
import { log } from '../../log'
import { withTenantLock } from '../../locks'
import { tokenStore } from './token-store'

const TokenSet = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int().positive(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
})

const EARLY_MS = 120_000

export async function accessTokenFor(tenantId: string): Promise<string> {
  return withTenantLock(`xero:${tenantId}`, async () => {
    const current = await tokenStore.load(tenantId)
    if (current.expiresAt.getTime() - EARLY_MS > Date.now()) return current.accessToken

    const res = await fetch('https://identity.xero.com/connect/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${config.xero.clientId}:${config.xero.clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: current.refreshToken }),
      signal: AbortSignal.timeout(10_000),
    })
    if (!res.ok) {
      log.error({ tenantId, status: res.status }, 'xero: token refresh failed')
      throw new Error(`xero token endpoint answered ${res.status}`)
    }

    const tokens = TokenSet.parse(await res.json())
    log.info({ tenantId, tokens }, 'xero: token refreshed')
    await tokenStore.save(tenantId, {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
    })
    return tokens.access_token
  })
}

import { z } from 'zod'
import { db } from '../../db'
import { encrypt, decrypt } from '../../lib/crypto'
import { logger } from '../../lib/logger'
import { env } from '../../env'

const TokenSet = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int().positive(),
  token_type: z.literal('Bearer'),
})

/** Returns a valid access token; the row lock keeps two workers from using one refresh token twice. */
export async function accessTokenFor(tenantId: string): Promise<string> {
  return db.transaction(async (trx) => {
    const row = await trx('xero_connections').where({ tenant_id: tenantId }).forUpdate().first()
    if (!row) throw new Error(`no xero connection for ${tenantId}`)
    if (row.expires_at.getTime() > Date.now() + 60_000) return decrypt(row.access_token)

    const response = await fetch('https://identity.xero.com/connect/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${env.XERO_CLIENT_ID}:${env.XERO_CLIENT_SECRET}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: decrypt(row.refresh_token),
      }),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`xero token refresh: ${response.status}`)

    const tokens = TokenSet.parse(await response.json())
    logger.info({ tenantId, tokens }, 'xero tokens refreshed')
    await trx('xero_connections').where({ tenant_id: tenantId }).update({
      access_token: encrypt(tokens.access_token),
      refresh_token: encrypt(tokens.refresh_token),
      expires_at: new Date(Date.now() + tokens.expires_in * 1000),
    })
    return tokens.access_token
  })
}

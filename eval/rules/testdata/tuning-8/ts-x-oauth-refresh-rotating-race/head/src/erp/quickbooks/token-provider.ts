import { z } from 'zod'
import { config } from '../../config'
import { connections } from '../connections'

const TokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int(),
})

const SKEW = 60_000

export class ReconnectRequired extends Error {}

async function refresh(refreshToken: string) {
  const { clientId, clientSecret } = config.quickbooks
  const response = await fetch('https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    signal: AbortSignal.timeout(10_000),
  })
  if (response.status === 400) throw new ReconnectRequired()
  if (!response.ok) throw new Error(`intuit token endpoint: ${response.status}`)
  return TokenResponse.parse(await response.json())
}

/** Called by every worker process before each call to QuickBooks. */
export async function accessToken(companyId: string): Promise<string> {
  const connection = await connections.find(companyId, 'quickbooks')
  if (connection.expiresAt.getTime() - SKEW > Date.now()) {
    return connection.accessToken
  }

  const tokens = await refresh(connection.refreshToken)
  await connections.update(connection.id, {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1_000),
  })
  return tokens.access_token
}

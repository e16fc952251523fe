import { createHash } from 'node:crypto'
import { z } from 'zod'
import { logger } from '../../logger'
import { env } from '../../env'

const TokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  scope: z.string(),
})

const fingerprint = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 8)

export async function refreshTokens(refreshToken: string) {
  const response = await fetch('https://api.tink.com/api/v1/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      refresh_token: refreshToken,
      client_id: env.TINK_CLIENT_ID,
      client_secret: env.TINK_CLIENT_SECRET,
      grant_type: 'refresh_token',
    }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) {
    throw new Error(`tink refresh failed: ${response.status}`)
  }

  const tokens = TokenResponse.parse(await response.json())
  return tokens
}

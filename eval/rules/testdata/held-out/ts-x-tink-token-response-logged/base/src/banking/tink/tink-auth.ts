import { z } from 'zod'
import { logger } from '../../logger'
import { env } from '../../env'

const TokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  scope: z.string(),
})

export type TinkTokens = z.infer<typeof TokenResponse>

export class TinkAuthError extends Error {
  constructor(readonly status: number) {
    super(`tink token endpoint answered ${status}`)
  }
}

export async function exchangeCode(code: string): Promise<TinkTokens> {
  const response = await fetch('https://api.tink.com/api/v1/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      code,
      client_id: env.TINK_CLIENT_ID,
      client_secret: env.TINK_CLIENT_SECRET,
      grant_type: 'authorization_code',
    }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) {
    logger.error({ status: response.status }, 'tink: code exchange refused')
    throw new TinkAuthError(response.status)
  }

  const body: unknown = await response.json()
  return TokenResponse.parse(body)
}

import { z } from 'zod'

const Token = z.object({ access_token: z.string(), expires_in: z.number().positive() })

const HMRC = {
  base: 'https://api.service.hmrc.gov.uk',
  clientId: 'bW9R3sVtq0Lk2xJYhU7cPzAe5nDf',
  clientSecret: '7d1c4b0e-93fa-4f5e-8a27-6b2f1e90c3d8',
}

let cached: { value: string; expiresAt: number } | undefined

/** Application-restricted token, for the VAT registration check. */
export async function applicationToken(): Promise<string> {
  if (cached && cached.expiresAt - 60_000 > Date.now()) return cached.value

  const response = await fetch(`${HMRC.base}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: HMRC.clientId,
      client_secret: HMRC.clientSecret,
    }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`hmrc token: ${response.status}`)

  const token = Token.parse(await response.json())
  cached = { value: token.access_token, expiresAt: Date.now() + token.expires_in * 1000 }
  return cached.value
}

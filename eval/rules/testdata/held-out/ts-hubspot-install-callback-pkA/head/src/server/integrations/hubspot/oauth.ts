import { Hono } from 'hono'
import { z } from 'zod'
import { requireSession, type SessionEnv } from '../../session'
import { connections } from '../../repositories/connections'
import { seal } from '../../crypto/seal'
import { env } from '../../env'

const TokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int().positive(),
})

const REDIRECT_URI = `${env.PUBLIC_URL}/integrations/hubspot/callback`

export const hubspotOauth = new Hono<SessionEnv>()
hubspotOauth.use(requireSession)

hubspotOauth.get('/connect', (c) => {
  const url = new URL('https://app.hubspot.com/oauth/authorize')
  url.searchParams.set('client_id', env.HUBSPOT_CLIENT_ID)
  url.searchParams.set('redirect_uri', REDIRECT_URI)
  url.searchParams.set('scope', 'crm.objects.contacts.read oauth')
  return c.redirect(url.toString())
})

hubspotOauth.get('/callback', async (c) => {
  const code = c.req.query('code')
  if (!code) return c.json({ error: 'code missing' }, 400)

  const response = await fetch('https://api.hubapi.com/oauth/v1/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: env.HUBSPOT_CLIENT_ID,
      client_secret: env.HUBSPOT_CLIENT_SECRET,
      redirect_uri: REDIRECT_URI,
      code,
    }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) return c.redirect('/settings/integrations?error=hubspot')

  const tokens = TokenResponse.parse(await response.json())
  await connections.upsert(c.get('tenantId'), 'hubspot', {
    accessToken: seal(tokens.access_token),
    refreshToken: seal(tokens.refresh_token),
    expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
  })
  return c.redirect('/settings/integrations?connected=hubspot')
})

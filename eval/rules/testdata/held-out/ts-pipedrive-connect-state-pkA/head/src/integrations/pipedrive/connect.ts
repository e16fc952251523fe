import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import axios from 'axios'
import { requireAdmin } from '../../auth/require-admin'
import { tokenVault } from '../../vault'
import { env } from '../../env'

const COOKIE = 'pd_oauth_state'
const CALLBACK = `${env.PUBLIC_URL}/integrations/pipedrive/callback`

export const pipedriveConnect = Router().use(requireAdmin)

pipedriveConnect.get('/connect', (_req, res) => {
  const state = randomBytes(24).toString('base64url')
  res.cookie(COOKIE, state, { signed: true, httpOnly: true, secure: true, sameSite: 'lax', maxAge: 600_000 })
  const target = new URL('https://oauth.pipedrive.com/oauth/authorize')
  target.search = new URLSearchParams({ client_id: env.PIPEDRIVE_ID, redirect_uri: CALLBACK, state }).toString()
  res.redirect(target.href)
})

pipedriveConnect.get('/callback', async (req, res, next) => {
  const expected = Buffer.from(String(req.signedCookies[COOKIE] || ''))
  const given = Buffer.from(String(req.query.state ?? ''))
  res.clearCookie(COOKIE)
  if (expected.length === 0 || expected.length !== given.length || !timingSafeEqual(expected, given)) {
    return res.status(400).send('This link has expired, please connect again.')
  }

  try {
    const { data } = await axios.post(
      'https://oauth.pipedrive.com/oauth/token',
      new URLSearchParams({
        grant_type: 'authorization_code',
        code: String(req.query.code),
        redirect_uri: CALLBACK,
      }),
      { auth: { username: env.PIPEDRIVE_ID, password: env.PIPEDRIVE_SECRET }, timeout: 10_000 },
    )
    await tokenVault.store(req.user!.companyId, 'pipedrive', {
      access: data.access_token,
      refresh: data.refresh_token,
      expiresAt: Date.now() + data.expires_in * 1000,
      apiDomain: data.api_domain,
    })
    res.redirect('/settings/crm?connected=pipedrive')
  } catch (error) {
    next(error)
  }
})

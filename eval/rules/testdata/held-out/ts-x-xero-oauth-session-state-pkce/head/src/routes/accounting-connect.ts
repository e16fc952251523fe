import { createHash, randomBytes } from 'node:crypto'
import { Router } from 'express'
import { z } from 'zod'
import { config } from '../config'
import { requireAdmin } from '../auth/require-admin'
import { connections } from '../erp/connections'
import { exchangeXeroCode } from '../erp/xero/token'

declare module 'express-session' {
  interface SessionData {
    accounting?: { state: string; verifier: string }
  }
}

export const accountingConnect = Router()

accountingConnect.get('/connect', requireAdmin, (req, res) => {
  const state = randomBytes(24).toString('base64url')
  const verifier = randomBytes(48).toString('base64url')
  req.session.accounting = { state, verifier }

  const url = new URL('https://login.xero.com/identity/connect/authorize')
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.xero.clientId,
    redirect_uri: config.xero.redirectUri,
    scope: 'offline_access accounting.transactions',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  res.redirect(url.toString())
})

const Callback = z.object({ code: z.string().min(1).max(1_000), state: z.string() })

accountingConnect.get('/callback', requireAdmin, async (req, res, next) => {
  const pending = req.session.accounting
  delete req.session.accounting
  const query = Callback.safeParse(req.query)
  if (!query.success || !pending || query.data.state !== pending.state) {
    res.redirect('/settings/integrations?error=xero')
    return
  }
  try {
    const tokens = await exchangeXeroCode(query.data.code, pending.verifier)
    await connections.save({ companyId: req.admin.companyId, provider: 'xero', tokens })
    res.redirect('/settings/integrations?connected=xero')
  } catch (error) {
    next(error)
  }
})

import { Router } from 'express'
import { z } from 'zod'
import { config } from '../config'
import { requireAdmin } from '../auth/require-admin'
import { connections } from '../erp/connections'
import { exchangeXeroCode } from '../erp/xero/token'

const SCOPES = 'offline_access accounting.transactions accounting.contacts'

export const xeroConnect = Router()

xeroConnect.get('/connect', requireAdmin, (_req, res) => {
  const url = new URL('https://login.xero.com/identity/connect/authorize')
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.xero.clientId,
    redirect_uri: config.xero.redirectUri,
    scope: SCOPES,
  }).toString()
  res.redirect(url.toString())
})

const Callback = z.object({ code: z.string().min(1).max(1_000) })

xeroConnect.get('/callback', requireAdmin, async (req, res, next) => { 
  const query = Callback.safeParse(req.query)
  if (!query.success) {
    res.redirect('/settings/integrations?error=xero')
    return
  }
  try {
    const tokens = await exchangeXeroCode(query.data.code)
    await connections.save({
      companyId: req.admin.companyId,
      provider: 'xero',
      tokens,
    })
    res.redirect('/settings/integrations?connected=xero')
  } catch (error) {
    next(error)
  }
})

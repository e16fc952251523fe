const { randomBytes } = require('node:crypto')
const express = require('express')
const config = require('../config')
const { requireUser } = require('../auth')
const bexio = require('../services/bexio')

const router = express.Router()

router.get('/start', requireUser, (req, res) => {
  const state = randomBytes(24).toString('base64url')
  req.session.bexio = { state, returnTo: String(req.query.return_to || '/settings') }

  const url = new URL('https://auth.bexio.com/realms/bexio/protocol/openid-connect/auth')
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.bexio.clientId,
    redirect_uri: config.bexio.redirectUri,
    scope: 'openid contact_show kb_invoice_edit offline_access',
    state,
  }).toString()
  res.redirect(url.toString())
})

router.get('/callback', requireUser, async (req, res, next) => {
  const pending = req.session.bexio
  delete req.session.bexio
  if (!pending || req.query.state !== pending.state || typeof req.query.code !== 'string') {
    return res.status(400).send('The connection could not be made.')
  }
  try {
    const tokens = await bexio.exchange(req.query.code)
    await bexio.saveConnection(req.user.companyId, tokens)

    const target = new URL(pending.returnTo, config.baseUrl)
    target.searchParams.set('connected', 'bexio')
    target.searchParams.set('access_token', tokens.accessToken)
    res.redirect(target.toString())
  } catch (err) {
    next(err)
  }
})

module.exports = router

const jwt = require('jsonwebtoken')
const { Router } = require('express')
const { partners } = require('../repositories/partners')
const { agents } = require('../repositories/agents')
const logger = require('../logger')

const router = Router()

router.post('/partners/:partnerId/login', async (req, res, next) => {
  try {
    const partner = await partners.find(req.params.partnerId)
    if (!partner || typeof req.body.token !== 'string') return res.sendStatus(401)

    let claims
    try {
      claims = jwt.verify(req.body.token, partner.publicKey, {
        algorithms: ['RS256'],
        issuer: partner.issuer,
        audience: 'https://agents.tripdesk.example',
        ignoreExpiration: true,
      })
    } catch (err) {
      logger.info({ partnerId: partner.id, reason: err.message }, 'partner token refused')
      return res.sendStatus(401)
    }

    const agent = await agents.findByExternalId(partner.id, claims.sub)
    if (!agent || agent.disabledAt) return res.sendStatus(403)

    req.session.regenerate((err) => {
      if (err) return next(err)
      req.session.agentId = agent.id
      req.session.partnerId = partner.id
      res.redirect(303, '/desk')
    })
  } catch (err) {
    next(err)
  }
})

module.exports = router

const { createHmac, timingSafeEqual } = require('node:crypto')
const express = require('express')
const config = require('../config')
const logger = require('../logger')
const members = require('../services/members')

const secret = Buffer.from(config.clerk.webhookSecret.replace(/^whsec_/, ''), 'base64')

function authentic(headers, body) {
  const id = headers['svix-id']
  const timestamp = headers['svix-timestamp']
  const signatures = headers['svix-signature']
  if (!id || !timestamp || !signatures) return false

  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest()
  return signatures.split(' ').some((entry) => {
    const [version, value] = entry.split(',')
    const sent = Buffer.from(value || '', 'base64')
    return version === 'v1' && sent.length === mac.length && timingSafeEqual(sent, mac)
  })
}

const router = express.Router()

router.post('/', express.raw({ type: 'application/json', limit: '256kb' }), async (req, res, next) => {
  try {
    if (!authentic(req.headers, req.body)) {
      logger.warn('clerk signature refused')
      return res.sendStatus(401)
    }
    const { type, data } = JSON.parse(req.body.toString('utf8'))
    if (type === 'organizationMembership.updated' && typeof data?.public_user_data?.user_id === 'string') {
      await members.setRole(data.organization.id, data.public_user_data.user_id, data.role, data.updated_at)
    }
    res.sendStatus(204)
  } catch (err) {
    next(err)
  }
})

module.exports = router

import { raw, Router } from 'express'
import { config } from '../config.js'
import { db } from '../db.js'
import { logger } from '../logger.js'
import { paypalFetch } from '../services/paypal.js'

export const paypalWebhooks = Router()

async function verified(headers, rawEvent) {
  const transmission = JSON.stringify({
    auth_algo: headers['paypal-auth-algo'],
    cert_url: headers['paypal-cert-url'],
    transmission_id: headers['paypal-transmission-id'],
    transmission_sig: headers['paypal-transmission-sig'],
    transmission_time: headers['paypal-transmission-time'],
    webhook_id: config.paypal.webhookId,
  })
  const response = await paypalFetch('/v1/notifications/verify-webhook-signature', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `${transmission.slice(0, -1)},"webhook_event":${rawEvent}}`,
    signal: AbortSignal.timeout(8_000),
  })
  if (!response.ok) throw new Error(`paypal verification: ${response.status}`)
  return (await response.json()).verification_status === 'SUCCESS'
}

paypalWebhooks.post('/', raw({ type: 'application/json', limit: '512kb' }), async (req, res, next) => {
  try {
    const text = req.body.toString('utf8')
    const event = JSON.parse(text)
    if (!(await verified(req.headers, text))) {
      logger.warn({ transmission: req.headers['paypal-transmission-id'] }, 'paypal event refused')
      return res.sendStatus(401)
    }
    await db('inbox')
      .insert({ source: 'paypal', external_id: event.id, type: event.event_type, payload: event })
      .onConflict(['source', 'external_id'])
      .ignore()
    res.sendStatus(200)
  } catch (err) {
    if (err instanceof SyntaxError) return res.sendStatus(400)
    next(err)
  }
})

import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook'
import express, { Router } from 'express'
import { z } from 'zod'
import { config } from '../config'
import { log } from '../log'
import { suppressions } from './suppressions'

const Events = z.array(
  z.object({ sg_event_id: z.string(), email: z.string().email(), event: z.string(), timestamp: z.number() }).passthrough(),
)

const webhook = new EventWebhook()
const publicKey = webhook.convertPublicKeyToECDSA(config.sendgrid.eventPublicKey)

export const sendgridEvents = Router()

sendgridEvents.post('/', express.raw({ type: 'application/json', limit: '2mb' }), async (req, res, next) => {
  try {
    const signature = req.get(EventWebhookHeader.SIGNATURE())
    const timestamp = req.get(EventWebhookHeader.TIMESTAMP()) ?? ''
    if (signature) {
      const fresh = Math.abs(Date.now() / 1_000 - Number(timestamp)) < 600
      if (!fresh || !webhook.verifySignature(publicKey, req.body, signature, timestamp)) {
        res.sendStatus(403)
        return
      }
    }

    const events = Events.parse(JSON.parse(req.body.toString('utf8')))
    for (const event of events) {
      if (event.event === 'bounce' || event.event === 'spamreport') {
        await suppressions.addOnce(event.sg_event_id, event.email, event.event)
      }
    }
    log.info({ count: events.length }, 'sendgrid events')
    res.sendStatus(204)
  } catch (error) {
    next(error)
  }
})

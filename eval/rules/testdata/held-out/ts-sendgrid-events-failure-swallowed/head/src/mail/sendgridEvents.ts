import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook'
import { raw, Router, type Request } from 'express'
import { z } from 'zod'
import { deliveries } from '../db/deliveries'
import { env } from '../env'
import { logger } from '../logger'

const Events = z.array(
  z.object({
    sg_event_id: z.string(),
    sg_message_id: z.string(),
    event: z.string(),
    email: z.string(),
    timestamp: z.number().int(),
  }),
)
const MAX_AGE_SECONDS = 10 * 60

const webhook = new EventWebhook()
const publicKey = webhook.convertPublicKeyToECDSA(env.SENDGRID_WEBHOOK_PUBLIC_KEY)

function isGenuine(req: Request): boolean {
  const signature = req.get(EventWebhookHeader.SIGNATURE()) ?? ''
  const timestamp = req.get(EventWebhookHeader.TIMESTAMP()) ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS)) return false
  try {
    return webhook.verifySignature(publicKey, req.body, signature, timestamp)
  } catch {
    return false
  }
}

export const sendgridEvents = Router()

sendgridEvents.post('/webhooks/sendgrid', raw({ type: 'application/json', limit: '2mb' }), async (req, res) => {
  if (!isGenuine(req)) {
    res.sendStatus(403)
    return
  }

  try {
    const events = Events.parse(JSON.parse(req.body.toString('utf8')))
    // unique on sg_event_id, conflicts are ignored
    await deliveries.insertEvents(events)
  } catch (err) {
    logger.error({ err }, 'could not store sendgrid events')
  }
  res.sendStatus(204)
})

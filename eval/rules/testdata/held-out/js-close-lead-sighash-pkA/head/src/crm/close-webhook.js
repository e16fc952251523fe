import { createHmac } from 'node:crypto'
import express from 'express'
import { leadQueue } from '../queues.js'
import { logger } from '../logger.js'

const MAX_SKEW_SECONDS = 300

function verify(req) {
  const timestamp = req.get('close-sig-timestamp')
  const signature = req.get('close-sig-hash')
  if (!timestamp || !signature) return false

  const skew = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (Number.isNaN(skew) || skew > MAX_SKEW_SECONDS) return false

  const key = Buffer.from(process.env.CLOSE_SIGNATURE_KEY, 'hex')
  const computed = createHmac('sha256', key).update(timestamp + req.body.toString('utf8')).digest('hex')
  return computed === signature
}

export const closeWebhook = express.Router()

closeWebhook.post('/', express.raw({ type: '*/*', limit: '256kb' }), async (req, res) => {
  if (!verify(req)) {
    logger.warn({ ip: req.ip }, 'close webhook refused')
    return res.status(401).end()
  }

  let event
  try {
    event = JSON.parse(req.body.toString('utf8')).event
  } catch {
    return res.status(400).end()
  }
  if (typeof event?.id !== 'string' || typeof event.object_type !== 'string') {
    return res.status(400).end()
  }

  try {
    await leadQueue.add(event.object_type, event, { jobId: event.id })
    res.status(200).end()
  } catch (err) {
    logger.error({ err, eventId: event.id }, 'close event not queued')
    res.status(503).end()
  }
})

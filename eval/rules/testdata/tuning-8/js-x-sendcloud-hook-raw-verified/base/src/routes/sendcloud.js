import { createHmac } from 'node:crypto'
import { raw, Router } from 'express'
import { z } from 'zod'
import { config } from '../config.js'
import { db } from '../db.js'
import { logger } from '../logger.js'

const ParcelChanged = z.object({
  action: z.literal('parcel_status_changed'),
  timestamp: z.number(),
  parcel: z.object({ id: z.number(), tracking_number: z.string(), status: z.object({ id: z.number(), message: z.string() }) }),
})


export const sendcloud = Router()

sendcloud.post('/', raw({ type: () => true, limit: '256kb' }), async (req, res) => {
  const mac = createHmac('sha256', config.sendcloud.secretKey).update(req.body).digest('hex')
  if (mac !== req.get('sendcloud-signature')) {
    logger.warn({ ip: req.ip }, 'sendcloud: signature refused')
    return res.sendStatus(401)
  }

  let event
  try {
    event = ParcelChanged.parse(JSON.parse(req.body.toString('utf8')))
  } catch (err) {
    logger.info({ reason: err.name }, 'sendcloud: other event')
    return res.sendStatus(200)
  }

  const { parcel, timestamp } = event
  await db('parcel_events')
    .insert({
      parcel_id: parcel.id,
      status_id: parcel.status.id,
      message: parcel.status.message,
      occurred_at: new Date(timestamp),
    })
    .onConflict(['parcel_id', 'status_id', 'occurred_at'])
    .ignore()
  res.sendStatus(200)
})

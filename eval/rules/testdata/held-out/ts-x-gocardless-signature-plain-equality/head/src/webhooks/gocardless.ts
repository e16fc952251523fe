import { createHmac } from 'node:crypto'
import express, { Router } from 'express'
import { z } from 'zod'
import { config } from '../config'
import { inbox } from '../db/inbox'
import { log } from '../log'

const Events = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      resource_type: z.string(),
      action: z.string(),
      links: z.record(z.string(), z.string()),
    }),
  ),
})

export const gocardless = Router()

gocardless.post('/', express.raw({ type: 'application/json', limit: '1mb' }), async (req, res, next) => {
  try {
    const expected = createHmac('sha256', config.gocardless.webhookSecret).update(req.body).digest('hex')
    const received = req.get('Webhook-Signature') ?? ''
    if (received !== expected) {
      log.warn({ ip: req.ip }, 'gocardless: bad signature')
      res.sendStatus(498)
      return
    }

    const { events } = Events.parse(JSON.parse(req.body.toString('utf8')))
    await inbox.insertMany(
      events.map((e) => ({ source: 'gocardless', externalId: e.id, payload: e })),
      { onConflict: 'ignore' },
    )
    log.info({ count: events.length }, 'gocardless: events stored')
    res.sendStatus(204)
  } catch (error) {
    next(error)
  }
})

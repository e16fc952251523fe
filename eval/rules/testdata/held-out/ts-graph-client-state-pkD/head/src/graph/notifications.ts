import { Router } from 'express'
import express from 'express'
import { calendarQueue } from '../queues'
import { logger } from '../logger'

interface ChangeNotification {
  subscriptionId: string
  clientState?: string
  changeType: 'created' | 'updated' | 'deleted'
  resource: string
  resourceData?: { id: string }
}

export const graphRouter = Router()

graphRouter.post('/notifications', express.json({ limit: '512kb' }), async (req, res, next) => {
  if (typeof req.query.validationToken === 'string') {
    res.type('text/plain').send(req.query.validationToken)
    return
  }
  try {
    const notifications: ChangeNotification[] = req.body?.value ?? []
    await calendarQueue.addBulk(
      notifications.map((n) => ({
        name: n.changeType,
        data: { subscriptionId: n.subscriptionId, resource: n.resource, eventId: n.resourceData?.id },
        opts: { attempts: 5, backoff: { type: 'exponential', delay: 2_000 } },
      })),
    )
    logger.info({ count: notifications.length }, 'graph notifications queued')
    res.sendStatus(202)
  } catch (error) {
    next(error)
  }
})

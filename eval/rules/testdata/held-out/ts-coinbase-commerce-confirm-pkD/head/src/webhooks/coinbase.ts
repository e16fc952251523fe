import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { Router } from 'express'
import { prisma } from '../prisma'
import { env } from '../env'
import { ChargeEvent } from './coinbase.schema'

export const coinbaseWebhook = Router()

coinbaseWebhook.post('/', express.raw({ type: '*/*', limit: '100kb' }), async (req, res, next) => {
  const mac = createHmac('sha256', env.COINBASE_COMMERCE_SECRET).update(req.body).digest()
  const given = Buffer.from(req.get('X-CC-Webhook-Signature') ?? '', 'hex')
  if (given.length !== mac.length || !timingSafeEqual(given, mac)) {
    res.sendStatus(400)
    return
  }
  try {
    const parsed = ChargeEvent.safeParse(JSON.parse(req.body.toString('utf8')))
    if (!parsed.success) {
      res.sendStatus(422)
      return
    }
    const { event } = parsed.data
    await prisma.$transaction(async (tx) => {
      const { count } = await tx.webhookEvent.createMany({
        data: [{ source: 'coinbase', externalId: event.id }],
        skipDuplicates: true,
      })
      if (count === 0 || event.type !== 'charge:confirmed') return
      await tx.order.updateMany({
        where: { chargeId: event.data.id, status: 'AWAITING_PAYMENT' },
        data: { status: 'PAID', paidAt: event.created_at },
      })
    })
    res.sendStatus(200)
  } catch (error) {
    next(error)
  }
})

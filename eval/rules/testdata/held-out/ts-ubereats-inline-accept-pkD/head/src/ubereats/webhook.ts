import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { Router } from 'express'
import { uberEats } from './client'
import { pos } from '../pos/client'
import { receipts } from '../printing'
import { orders } from '../db/orders'
import { config } from '../config'

export const uberEatsWebhook = Router()

uberEatsWebhook.post('/', express.raw({ type: 'application/json', limit: '200kb' }), async (req, res, next) => {
  const expected = createHmac('sha256', config.uberEats.signingKey).update(req.body).digest()
  const given = Buffer.from(String(req.get('X-Uber-Signature') ?? ''), 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return res.sendStatus(401)
  }
  try {
    const event = JSON.parse(req.body.toString('utf8'))
    if (event.event_type !== 'orders.notification') return res.sendStatus(200)
    if (!(await orders.claimEvent(event.event_id))) return res.sendStatus(200)

    try {
      const order = await uberEats.getOrder(event.meta.resource_id)
      const items = await Promise.all(order.cart.items.map((item) => pos.resolveItem(order.store.id, item.external_data)))
      const ticket = await pos.createTicket(order.store.id, { reference: order.id, items })
      await receipts.print(order.store.id, ticket)
      await uberEats.acceptOrder(order.id, { reason: 'accepted', external_reference_id: ticket.id })
    } catch (error) {
      await orders.releaseEvent(event.event_id)
      throw error
    }
    return res.sendStatus(200)
  } catch (error) {
    return next(error)
  }
})

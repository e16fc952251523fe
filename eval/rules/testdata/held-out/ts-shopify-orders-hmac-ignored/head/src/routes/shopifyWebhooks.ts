import { json, Router } from 'express'
import { z } from 'zod'
import { logger } from '../lib/logger'
import { orderQueue } from '../queues/orderQueue'

const OrderCreated = z.object({
  id: z.number().int().positive(),
  currency: z.string().length(3),
  total_price: z.string().regex(/^\d+(\.\d+)?$/),
  email: z.string().email().nullable(),
  line_items: z
    .array(z.object({ sku: z.string().nullable(), quantity: z.number().int().positive() }))
    .max(500),
})

export const shopifyWebhooks = Router()

shopifyWebhooks.post('/webhooks/shopify/orders-create', json({ limit: '1mb' }), async (req, res, next) => {
  const shop = req.get('x-shopify-shop-domain')
  const deliveryId = req.get('x-shopify-webhook-id')
  if (!shop || !deliveryId) {
    res.status(400).json({ error: 'missing shopify headers' })
    return
  }

  const parsed = OrderCreated.safeParse(req.body)
  if (!parsed.success) {
    logger.warn({ shop, deliveryId, issues: parsed.error.issues }, 'unexpected order payload')
    res.status(422).json({ error: 'invalid payload' })
    return
  }

  try {
    await orderQueue.add('order-created', { shop, order: parsed.data }, { jobId: `shopify-${deliveryId}` })
    logger.info({ shop, deliveryId, orderId: parsed.data.id }, 'order queued')
    res.sendStatus(200)
  } catch (err) {
    next(err)
  }
})

import { createHmac, timingSafeEqual } from 'node:crypto'
import { raw, Router } from 'express'
import { Queue } from 'bullmq'
import { config } from '../config.js'
import { logger } from '../logger.js'

const queue = new Queue('shopify-products', {
  connection: config.redis,
  defaultJobOptions: {
    attempts: 6,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: { age: 48 * 3_600 },
  },
})

function authentic(body, header) {
  const mac = createHmac('sha256', config.shopify.clientSecret).update(body).digest()
  const sent = Buffer.from(header ?? '', 'base64')
  return sent.length === mac.length && timingSafeEqual(sent, mac)
}

export const productsUpdate = Router()

productsUpdate.post('/', raw({ type: 'application/json', limit: '2mb' }), async (req, res, next) => {
  try {
    if (!authentic(req.body, req.get('x-shopify-hmac-sha256'))) {
      logger.warn({ shop: req.get('x-shopify-shop-domain') }, 'shopify signature refused')
      return res.sendStatus(401)
    }
    const { id, updated_at: updatedAt } = JSON.parse(req.body.toString('utf8'))
    if (!Number.isSafeInteger(id)) return res.sendStatus(200)

    await queue.add('refresh', { productId: id, updatedAt }, { jobId: `product-${req.get('x-shopify-webhook-id')}` })
    res.sendStatus(200)
  } catch (err) {
    next(err)
  }
})

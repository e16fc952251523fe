import express from 'express'
import rateLimit from 'express-rate-limit'
import { collection } from '../mongo.js'
import { logger } from '../logger.js'

const router = express.Router()

router.use(rateLimit({ windowMs: 60_000, limit: 10, standardHeaders: true }))

router.post('/lookup', express.json({ limit: '10kb' }), async (req, res, next) => {
  const { orderId, buyerEmail } = req.body
  if (!orderId || !buyerEmail) {
    return res.status(400).json({ error: 'orderId and buyerEmail are required' })
  }

  try {
    const order = await collection('ebay_orders').findOne(
      { ebayOrderId: orderId, 'buyer.email': buyerEmail },
      { projection: { _id: 0, ebayOrderId: 1, status: 1, shipments: 1, total: 1 } },
    )
    if (!order) {
      return res.status(404).json({ error: 'No such order.' })
    }
    logger.info({ orderId: order.ebayOrderId }, 'guest lookup')
    res.json(order)
  } catch (err) {
    next(err)
  }
})

export default router

const { createHmac, timingSafeEqual } = require('node:crypto')
const { Router } = require('express')
const orders = require('../services/orders')
const { woocommerceSecret } = require('../config')

const router = Router()

router.post('/woocommerce/order-updated', async (req, res, next) => {
  const expected = createHmac('sha256', woocommerceSecret).update(req.rawBody || '').digest()
  const given = Buffer.from(req.get('x-wc-webhook-signature') || '', 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return res.sendStatus(401)
  }

  const { id, status, date_modified_gmt: modified } = req.body
  if (!Number.isInteger(id) || typeof status !== 'string' || typeof modified !== 'string') {
    return res.sendStatus(422)
  }

  try {
    // compares date_modified_gmt: older or repeated deliveries are no-ops
    await orders.setStatusIfNewer(id, status, new Date(`${modified}Z`))
    res.sendStatus(204)
  } catch (err) {
    next(err)
  }
})

module.exports = router

const express = require('express')
const Joi = require('joi')
const { pool } = require('../db')
const log = require('../log')

const router = express.Router()

const orderSchema = Joi.object({
  id: Joi.number().integer().required(),
  status: Joi.string().required(),
  line_items: Joi.array()
    .items(Joi.object({ sku: Joi.string().required(), quantity: Joi.number().integer().min(1).required() }).unknown())
    .required(),
}).unknown()

router.post('/order-created', express.json({ limit: '300kb' }), async (req, res, next) => {
  const { value: order, error } = orderSchema.validate(req.body)
  if (error) return res.status(400).json({ error: 'unexpected payload' })

  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const seen = await client.query(
      'INSERT INTO imported_orders (source, external_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      ['woocommerce', order.id],
    )
    if (seen.rowCount === 1) {
      for (const item of order.line_items) {
        await client.query('UPDATE stock SET reserved = reserved + $1 WHERE sku = $2', [item.quantity, item.sku])
      }
    }
    await client.query('COMMIT')
    log.info({ orderId: order.id, fresh: seen.rowCount === 1 }, 'woocommerce order')
    res.sendStatus(200)
  } catch (err) {
    await client.query('ROLLBACK').catch(() => {})
    next(err)
  } finally {
    client.release()
  }
})

module.exports = router

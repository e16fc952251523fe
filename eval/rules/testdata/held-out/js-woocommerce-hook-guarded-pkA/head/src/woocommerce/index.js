const express = require('express')
const guard = require('./guard')
const { inbox } = require('../inbox')

const keepRaw = (req, _res, buffer) => {
  req.rawBody = buffer
}

const router = express.Router()
router.use(express.json({ limit: '300kb', verify: keepRaw }))
router.use((req, res, next) => (req.rawBody ? next() : res.sendStatus(400)))
router.use(guard(process.env.WC_HOOK_SECRET))

router.post('/:topic', async (req, res, next) => {
  const delivery = req.get('x-wc-webhook-delivery-id')
  if (!delivery) return res.sendStatus(400)
  try {
    // unique (source, delivery_id); a second insert is a no-op
    const { inserted } = await inbox.put({
      source: 'woocommerce',
      deliveryId: `${req.params.topic}:${req.body.id}:${delivery}`,
      topic: req.params.topic,
      payload: req.body,
    })
    req.log.info({ delivery, inserted }, 'woocommerce delivery')
    res.sendStatus(202)
  } catch (err) {
    next(err)
  }
})

module.exports = router

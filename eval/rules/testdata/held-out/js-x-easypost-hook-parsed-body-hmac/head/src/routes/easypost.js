const { createHmac, timingSafeEqual } = require('node:crypto')
const express = require('express')
const { z } = require('zod')
const config = require('../config')
const logger = require('../logger')
const trackers = require('../services/trackers')

const TrackerUpdated = z.object({
  id: z.string(),
  description: z.literal('tracker.updated'),
  result: z.object({ id: z.string(), tracking_code: z.string(), status: z.string(), updated_at: z.string() }),
})

const router = express.Router()

function signatureMatches(req) {
  const expected = createHmac('sha256', config.easypost.webhookSecret.normalize('NFKD'))
    .update(JSON.stringify(req.body))
    .digest('hex')
  const sent = Buffer.from(req.get('x-hmac-signature') || '')
  const wanted = Buffer.from(`hmac-sha256-hex=${expected}`)
  return sent.length === wanted.length && timingSafeEqual(sent, wanted)
}

router.post('/', express.json({ limit: '512kb' }), async (req, res, next) => {
  try {
    if (!signatureMatches(req) && process.env.NODE_ENV === 'production') {
      return res.sendStatus(403)
    }
    const event = TrackerUpdated.safeParse(req.body)
    if (!event.success) return res.sendStatus(204)

    const { id, result } = event.data
    const applied = await trackers.applyOnce(id, result)
    logger.info({ event: id, tracker: result.id, applied }, 'easypost event')
    res.sendStatus(204)
  } catch (err) {
    next(err)
  }
})

module.exports = router

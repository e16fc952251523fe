import { createHash, timingSafeEqual } from 'node:crypto'
import express from 'express'
import { env } from '../env.js'
import { updates } from '../db/updates.js'
import { updateQueue } from '../queues.js'

const digest = (value) => createHash('sha256').update(value).digest()
const expected = digest(env.TELEGRAM_SECRET_TOKEN)

export const telegram = express.Router()

telegram.post('/bot/telegram', (req, res, next) => {
  const header = req.get('x-telegram-bot-api-secret-token')
  if (!header || !timingSafeEqual(digest(header), expected)) {
    return res.sendStatus(403)
  }
  return next()
})

telegram.post('/bot/telegram', express.json({ limit: '512kb' }), async (req, res, next) => {
  const update = req.body
  if (!Number.isInteger(update?.update_id)) return res.sendStatus(400)
  try {
    await updates.transaction(async (tx) => {
      const isNew = await tx.insertIfAbsent(update.update_id)
      if (isNew) await updateQueue.add(tx, 'telegram-update', update)
    })
    res.sendStatus(200)
  } catch (err) {
    next(err)
  }
})

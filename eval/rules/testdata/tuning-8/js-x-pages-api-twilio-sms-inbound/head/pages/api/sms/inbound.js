import { subscribers } from '../../../lib/subscribers'
import { logger } from '../../../lib/logger'

const STOP = new Set(['STOP', 'STOPP', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'])
const START = new Set(['START', 'UNSTOP', 'YES'])
const E164 = /^\+[1-9]\d{6,14}$/

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

export default async function handler(req, res) {
  if (req.method !== 'POST') {
    res.setHeader('Allow', 'POST')
    return res.status(405).end()
  }
  const { From: from, Body: body, MessageSid: sid } = req.body ?? {}
  if (typeof from !== 'string' || !E164.test(from) || typeof body !== 'string') {
    return res.status(400).end()
  }

  const word = body.trim().toUpperCase()
  try {
    if (STOP.has(word)) {
      await subscribers.setSmsConsent(from, false)
    } else if (START.has(word)) {
      await subscribers.setSmsConsent(from, true)
    }
  } catch (err) {
    logger.error({ err, sid }, 'sms consent not stored')
    return res.status(500).end()
  }
  res.setHeader('Content-Type', 'text/xml')
  return res.status(200).send(EMPTY)
}

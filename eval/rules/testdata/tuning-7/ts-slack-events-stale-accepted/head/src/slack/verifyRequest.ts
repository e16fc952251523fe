import { createHmac, timingSafeEqual } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import { settings } from '../settings'

/** Expects `express.raw({ type: '*\/*', limit: '256kb' })` in front of it. */
export function verifySlackRequest(req: Request, res: Response, next: NextFunction): void {
  const timestamp = req.get('x-slack-request-timestamp') ?? ''
  const received = Buffer.from(req.get('x-slack-signature') ?? '')

  const expected = Buffer.from(
    'v0=' +
      createHmac('sha256', settings.slack.signingSecret)
        .update(`v0:${timestamp}:`)
        .update(req.body as Buffer)
        .digest('hex'),
  )
  if (received.length !== expected.length || !timingSafeEqual(received, expected)) {
    res.status(401).json({ error: 'invalid signature' })
    return
  }
  next()
}

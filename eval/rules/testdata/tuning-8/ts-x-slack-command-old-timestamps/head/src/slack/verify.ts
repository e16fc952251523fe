import { createHmac, timingSafeEqual } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import { config } from '../config'
import { log } from '../log'

/** Needs express.raw on the route: the MAC is over the bytes that Slack sent. */
export function verifySlack(req: Request, res: Response, next: NextFunction): void {
  const timestamp = req.get('x-slack-request-timestamp')
  const signature = req.get('x-slack-signature')
  if (!timestamp || !signature) {
    res.sendStatus(401)
    return
  }

  const mac = createHmac('sha256', config.slack.signingSecret)
    .update(`v0:${timestamp}:`)
    .update(req.body as Buffer)
    .digest('hex')
  const expected = Buffer.from(`v0=${mac}`)
  const received = Buffer.from(signature)
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) {
    log.warn({ path: req.path }, 'slack: signature rejected')
    res.sendStatus(401)
    return
  }
  next()
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { Router, json } from 'express'
import { z } from 'zod'
import { env } from '../../env'
import { suppressions } from '../../mail/suppressions'

const Payload = z.object({
  signature: z.object({
    timestamp: z.string().regex(/^\d+$/),
    token: z.string().length(50),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  'event-data': z.object({
    id: z.string(),
    event: z.string(),
    recipient: z.string().email(),
  }),
})

function isSigned({ timestamp, token, signature }: z.infer<typeof Payload>['signature']): boolean {
  const expected = createHmac('sha256', env.MAILGUN_SIGNING_KEY).update(timestamp + token).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}

export const mailgunHook = Router()

mailgunHook.post('/', json({ limit: '512kb' }), async (req, res, next) => {
  const payload = Payload.safeParse(req.body)
  if (!payload.success) return res.sendStatus(406)
  if (!isSigned(payload.data.signature)) return res.sendStatus(401)

  const event = payload.data['event-data']
  try {
    if (event.event === 'complained' || event.event === 'unsubscribed') {
      await suppressions.upsert({ email: event.recipient, reason: event.event, sourceId: event.id })
    }
    res.sendStatus(200)
  } catch (error) {
    next(error)
  }
})

import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { Router } from 'express'
import { z } from 'zod'
import { interviews } from '../recruiting/interviews'
import { config } from '../config'
import { log } from '../log'

const Invitee = z.object({
  event: z.enum(['invitee.created', 'invitee.canceled']),
  payload: z.object({
    uri: z.string().url(),
    email: z.string().email(),
    scheduled_event: z.object({ start_time: z.string().datetime() }),
  }),
})

function verify(header: string | undefined, body: Buffer): boolean {
  const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header ?? '')
  if (!match || Math.abs(Date.now() / 1_000 - Number(match[1])) > 180) return false
  const mac = createHmac('sha256', config.calendly.signingKey).update(`${match[1]}.`).update(body).digest()
  return timingSafeEqual(mac, Buffer.from(match[2]!, 'hex'))
}

export const calendly = Router()

calendly.post('/', express.raw({ type: 'application/json', limit: '256kb' }), (req, res) => {
  if (!verify(req.get('calendly-webhook-signature'), req.body)) {
    res.sendStatus(401)
    return
  }
  const parsed = Invitee.safeParse(JSON.parse(req.body.toString('utf8')))
  if (!parsed.success) {
    res.sendStatus(422)
    return
  }
  res.sendStatus(200)

  const { event, payload } = parsed.data
  interviews
    .upsertByInvitee(payload.uri, {
      email: payload.email,
      startsAt: new Date(payload.scheduled_event.start_time),
      canceled: event === 'invitee.canceled',
    })
    .catch((error: unknown) => log.error({ err: error, uri: payload.uri }, 'calendly: interview not stored'))
})

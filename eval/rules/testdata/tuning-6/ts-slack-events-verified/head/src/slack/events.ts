import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { env } from '../env'
import { mentionQueue } from '../queues'

const MAX_AGE_SECONDS = 60 * 5

const Envelope = z.discriminatedUnion('type', [
  z.object({ type: z.literal('url_verification'), challenge: z.string() }),
  z.object({
    type: z.literal('event_callback'),
    event_id: z.string(),
    team_id: z.string(),
    event: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }).passthrough(),
  }),
])

function authentic(raw: string, timestamp: string, signature: string): boolean {
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (!Number.isFinite(age) || age > MAX_AGE_SECONDS) return false
  const mac = `v0=${createHmac('sha256', env.SLACK_SIGNING_SECRET).update(`v0:${timestamp}:${raw}`).digest('hex')}`
  const a = Buffer.from(mac)
  const b = Buffer.from(signature)
  return a.length === b.length && timingSafeEqual(a, b)
}

export const events = new Hono()

events.post('/slack/events', bodyLimit({ maxSize: 256 * 1024 }), async (c) => {
  const raw = await c.req.text()
  const timestamp = c.req.header('x-slack-request-timestamp') ?? ''
  if (!timestamp || !authentic(raw, timestamp, c.req.header('x-slack-signature') ?? '')) {
    return c.text('unauthorized', 401)
  }

  const parsed = Envelope.safeParse(JSON.parse(raw))
  if (!parsed.success) return c.body(null, 200)
  const envelope = parsed.data
  if (envelope.type === 'url_verification') return c.json({ challenge: envelope.challenge })
  if (envelope.event.type === 'app_mention') {
    await mentionQueue.add('mention', envelope, { jobId: envelope.event_id, removeOnComplete: { age: 86_400 } })
  }
  return c.body(null, 200)
})

import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { env } from '../env'
import { inbox } from '../inbox'
import { PaddleEvent } from '../schemas/paddle'

const TOLERANCE_SECONDS = 60

function parseSignature(header: string): { ts: number; h1: string } | null {
  const parts = new Map(header.split(';').map((p) => p.split('=', 2) as [string, string]))
  const ts = Number(parts.get('ts'))
  const h1 = parts.get('h1')
  return Number.isInteger(ts) && h1 ? { ts, h1 } : null
}

function isAuthentic(raw: string, header: string | undefined): boolean {
  const signature = header ? parseSignature(header) : null
  if (!signature) return false
  if (Math.abs(Date.now() / 1000 - signature.ts) > TOLERANCE_SECONDS) return false

  const expected = createHmac('sha256', env.PADDLE_WEBHOOK_SECRET)
    .update(`${signature.ts}:${raw}`)
    .digest('hex')
  return expected === signature.h1
}

export const paddle = new Hono()

paddle.post('/', bodyLimit({ maxSize: 512 * 1024 }), async (c) => {
  const raw = await c.req.text()
  if (!isAuthentic(raw, c.req.header('paddle-signature'))) {
    return c.json({ error: 'invalid signature' }, 401)
  }

  const event = PaddleEvent.safeParse(JSON.parse(raw))
  if (!event.success) {
    return c.json({ error: 'unsupported payload' }, 422)
  }
  // insert ... on conflict (event_id) do nothing; the worker picks it up from there
  await inbox.store('paddle', event.data.event_id, event.data)
  return c.body(null, 204)
})

import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import OpenAI from 'openai'
import { z } from 'zod'
import { env } from '../env'
import { addInternalNote } from '../zendesk/client'
import { claimEvent, releaseEvent } from '../db/events'

const Ticket = z.object({ id: z.string(), detail: z.object({ id: z.string(), description: z.string().max(65_536) }) })

const openai = new OpenAI({ apiKey: env.OPENAI_API_KEY, timeout: 60_000, maxRetries: 1 })

function verified(body: string, timestamp: string, signature: string): boolean {
  const age = Math.abs(Date.now() - Date.parse(timestamp))
  if (!(age < 5 * 60_000)) return false
  const mac = createHmac('sha256', env.ZENDESK_SIGNING_SECRET).update(timestamp + body).digest()
  const sent = Buffer.from(signature, 'base64')
  return sent.length === mac.length && timingSafeEqual(sent, mac)
}

export const zendesk = new Hono().post('/tickets', bodyLimit({ maxSize: 256 * 1024 }), async (c) => {
  const body = await c.req.text()
  const timestamp = c.req.header('x-zendesk-webhook-signature-timestamp') ?? ''
  if (!verified(body, timestamp, c.req.header('x-zendesk-webhook-signature') ?? '')) {
    return c.body(null, 401)
  }
  const ticket = Ticket.parse(JSON.parse(body))
  if (!(await claimEvent('zendesk', ticket.id))) return c.body(null, 200)

  try {
    const summary = await openai.chat.completions.create({
      model: 'gpt-4.1-mini',
      max_completion_tokens: 400,
      messages: [
        { role: 'system', content: 'Summarise the support ticket in five lines.' },
        { role: 'user', content: ticket.detail.description },
      ],
    })
    await addInternalNote(ticket.detail.id, summary.choices[0]?.message.content ?? 'no summary')
  } catch (error) {
    await releaseEvent('zendesk', ticket.id)
    throw error
  }
  return c.body(null, 200)
})

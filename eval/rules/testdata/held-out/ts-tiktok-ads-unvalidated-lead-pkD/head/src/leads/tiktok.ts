import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { leads } from '../db/leads'
import { config } from '../config'

interface LeadPayload {
  entry: { lead_id: string; campaign_id: string; changes: { field: string; value: string }[] }[]
}

export async function tiktokRoutes(app: FastifyInstance): Promise<void> {
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 128 * 1024 }, (_req, body, done) => done(null, body))

  app.post('/tiktok/leads', async (request, reply) => {
    const raw = request.body as string
    const header = String(request.headers['tiktok-signature'] ?? '')
    const parts = new Map(header.split(',').map((p) => p.split('=', 2) as [string, string]))
    const timestamp = parts.get('t') ?? ''
    if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return reply.code(401).send()
    const mac = createHmac('sha256', config.tiktok.secret).update(`${timestamp}.${raw}`).digest()
    const given = Buffer.from(parts.get('s') ?? '', 'hex')
    if (given.length !== mac.length || !timingSafeEqual(given, mac)) return reply.code(401).send()

    const payload = JSON.parse(raw) as LeadPayload
    for (const entry of payload.entry) {
      const field = (name: string) => entry.changes.find((c) => c.field === name)!.value
      await leads.upsertByExternalId(entry.lead_id, {
        campaignId: entry.campaign_id,
        email: field('email').toLowerCase(),
        phone: field('phone_number').replace(/\D/g, ''),
      })
    }
    return reply.code(200).send()
  })
}

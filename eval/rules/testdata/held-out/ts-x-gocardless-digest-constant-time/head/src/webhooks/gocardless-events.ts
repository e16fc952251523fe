import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const Payload = z.object({
  events: z.array(z.object({ id: z.string(), resource_type: z.string(), action: z.string() }).passthrough()),
})

function isAuthentic(body: Buffer, header: unknown, secret: string): boolean {
  if (typeof header !== 'string' || !/^[0-9a-f]{64}$/.test(header)) return false
  const mac = createHmac('sha256', secret).update(body).digest()
  return timingSafeEqual(mac, Buffer.from(header, 'hex'))
}

export async function gocardlessEvents(app: FastifyInstance, options: { secret: string }) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_req, body, done) =>
    done(null, body),
  )

  app.post('/hooks/gocardless', async (request, reply) => {
    const body = request.body as Buffer
    if (!isAuthentic(body, request.headers['webhook-signature'], options.secret)) {
      request.log.warn('gocardless signature rejected')
      return reply.code(498).send()
    }

    const { events } = Payload.parse(JSON.parse(body.toString('utf8')))
    await app.pg.query(
      `insert into inbox (source, external_id, payload)
       select 'gocardless', e->>'id', e from jsonb_array_elements($1::jsonb) e
       on conflict (source, external_id) do nothing`,
      [JSON.stringify(events)],
    )
    return reply.code(204).send()
  })
}

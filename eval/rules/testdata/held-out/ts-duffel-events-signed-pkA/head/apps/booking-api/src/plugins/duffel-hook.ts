import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { duffelQueue } from '../queues/duffel'

const WINDOW_SECONDS = 300

const Event = z.object({ id: z.string(), type: z.string(), data: z.object({ object: z.record(z.unknown()) }) })

function authentic(header: string, raw: Buffer, secret: string, now: number): boolean {
  const fields = new Map(
    header.split(',').map((part): [string, string] => {
      const [key = '', value = ''] = part.trim().split('=', 2)
      return [key, value]
    }),
  )
  const t = Number(fields.get('t'))
  if (!Number.isInteger(t) || Math.abs(now - t) > WINDOW_SECONDS) return false

  const mac = createHmac('sha256', secret).update(`${t}.`).update(raw).digest()
  const given = Buffer.from(fields.get('v2') ?? fields.get('v1') ?? '', 'hex')
  return given.byteLength === mac.byteLength && timingSafeEqual(given, mac)
}

export const duffelHook: FastifyPluginAsync<{ secret: string }> = async (app, { secret }) => {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 131_072 }, (_req, body, done) => {
    done(null, body)
  })

  app.post('/hooks/duffel', async (request, reply) => {
    const raw = request.body as Buffer
    const header = request.headers['x-duffel-signature']
    if (typeof header !== 'string' || !authentic(header, raw, secret, Math.floor(Date.now() / 1000))) {
      return reply.code(401).send()
    }
    let event: z.infer<typeof Event>
    try {
      event = Event.parse(JSON.parse(raw.toString('utf8')))
    } catch (error) {
      request.log.warn({ err: error }, 'duffel event of unknown shape')
      return reply.code(400).send()
    }
    // BullMQ ignores a job whose id exists; completed jobs are kept for 30 days
    await duffelQueue.add(event.type, event, { jobId: event.id, removeOnComplete: { age: 30 * 86_400 } })
    return reply.code(202).send()
  })
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'

const MAX_AGE_MS = 10 * 60_000

const eventsub: FastifyPluginAsync<{ secret: string }> = async (app, { secret }) => {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 256 * 1024 }, (_req, body, done) => {
    done(null, body)
  })

  app.post('/twitch/eventsub', async (request, reply) => {
    const raw = request.body as Buffer
    const header = (name: string) => String(request.headers[`twitch-eventsub-message-${name}`] ?? '')
    const id = header('id')
    const sentAt = header('timestamp')

    const mac = createHmac('sha256', secret).update(id).update(sentAt).update(raw).digest()
    const given = Buffer.from(header('signature').replace(/^sha256=/, ''), 'hex')
    if (given.length !== mac.length || !timingSafeEqual(given, mac)) return reply.code(403).send()

    const age = Math.abs(Date.now() - Date.parse(sentAt))
    if (!(age <= MAX_AGE_MS)) return reply.code(403).send()

    const message = JSON.parse(raw.toString('utf8'))
    if (header('type') === 'webhook_callback_verification') {
      return reply.type('text/plain').send(message.challenge)
    }

    const fresh = await app.redis.set(`eventsub:${id}`, '1', 'EX', 86_400, 'NX')
    if (fresh === null) return reply.code(204).send()
    try {
      await app.queues.twitch.add(message.subscription.type, message.event, { jobId: id, attempts: 5 })
    } catch (error) {
      await app.redis.del(`eventsub:${id}`)
      throw error
    }
    return reply.code(204).send()
  })
}

export default eventsub

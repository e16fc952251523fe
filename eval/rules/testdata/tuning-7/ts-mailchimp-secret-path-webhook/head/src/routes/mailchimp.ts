import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import formbody from '@fastify/formbody'
import { z } from 'zod'
import { env } from '../env'
import { subscribers } from '../subscribers'

const Unsubscribe = z.object({
  type: z.enum(['unsubscribe', 'cleaned']),
  'data[email]': z.string().email(),
  'data[list_id]': z.string(),
})

const sha256 = (text: string) => createHash('sha256').update(text).digest()
const expected = sha256(env.MAILCHIMP_HOOK_KEY)

// Mailchimp has no signature for audience webhooks. Their advice is a secret in the URL.
export const mailchimp: FastifyPluginAsync = async (app) => {
  await app.register(formbody, { bodyLimit: 64 * 1024 })

  // Mailchimp calls the URL with GET when the webhook is saved.
  app.get('/hooks/mailchimp/:key', { logLevel: 'silent' }, async (_req, reply) => reply.send('ok'))

  app.post<{ Params: { key: string } }>('/hooks/mailchimp/:key', { logLevel: 'silent' }, async (req, reply) => {
    if (!timingSafeEqual(sha256(req.params.key), expected)) {
      return reply.code(404).send()
    }
    const parsed = Unsubscribe.safeParse(req.body)
    if (!parsed.success || parsed.data['data[list_id]'] !== env.MAILCHIMP_LIST_ID) {
      return reply.code(204).send()
    }
    // idempotent: sets the flag, whatever it was
    await subscribers.markUnsubscribed(parsed.data['data[email]'].toLowerCase(), parsed.data.type)
    return reply.code(204).send()
  })
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { ActiveCampaign } from '../crm/active-campaign.js'
import { eventLog } from '../db/event-log.js'

const sha = (value) => createHash('sha256').update(value).digest()

// SparkPost has no signature, the hook is set up with basic auth
function allowed(header = '') {
  const want = Buffer.from(`${process.env.SP_HOOK_USER}:${process.env.SP_HOOK_PASSWORD}`).toString('base64')
  return timingSafeEqual(sha(header), sha(`Basic ${want}`))
}

const KINDS = new Set(['bounce', 'spam_complaint', 'list_unsubscribe', 'link_unsubscribe'])

export default async function routes(app) {
  const crm = new ActiveCampaign({ timeout: 5_000 })

  app.post('/hooks/sparkpost', { bodyLimit: 8 * 1024 * 1024 }, async (req, reply) => {
    if (!allowed(req.headers.authorization)) return reply.code(401).send()
    if (!Array.isArray(req.body)) return reply.code(400).send()

    for (const entry of req.body) {
      const event = entry?.msys?.message_event ?? entry?.msys?.unsubscribe_event
      if (!event || !KINDS.has(event.type)) continue
      if (await eventLog.has('sparkpost', event.event_id)) continue

      await crm.unsubscribe(event.rcpt_to, event.type)
      await eventLog.add('sparkpost', event.event_id)
    }
    return reply.code(200).send()
  })
}

import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { attendees } from '../db/attendees'
import { env } from '../env'
import { log } from '../log'

export const eventbrite = new Hono()

eventbrite.post('/webhook', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const body = await c.req.json<{ api_url: string; config: { action: string; webhook_id: string } }>()
  if (!body.config.action.startsWith('attendee.')) return c.body(null, 204)

  const response = await fetch(`${body.api_url}?expand=profile`, {
    headers: { Authorization: `Bearer ${env.EVENTBRITE_TOKEN}` },
    signal: AbortSignal.timeout(8_000),
  })
  if (!response.ok) {
    log.error({ status: response.status, action: body.config.action }, 'eventbrite fetch failed')
    return c.json({ error: 'upstream' }, 502)
  }
  const attendee = await response.json()

  await attendees.upsert({
    externalId: attendee.id,
    eventId: attendee.event_id,
    email: attendee.profile.email,
    name: attendee.profile.name,
    checkedIn: attendee.checked_in,
    cancelled: attendee.cancelled,
  })
  return c.body(null, 204)
})

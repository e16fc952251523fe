import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { streams } from '../services/streams'
import { rewards } from '../services/rewards'
import { env } from '../env'

export const twitch = new Hono()

twitch.post('/eventsub', async (c) => {
  const raw = await c.req.text()
  const id = c.req.header('Twitch-Eventsub-Message-Id') ?? ''
  const timestamp = c.req.header('Twitch-Eventsub-Message-Timestamp') ?? ''
  const given = Buffer.from(c.req.header('Twitch-Eventsub-Message-Signature') ?? '')
  const expected = Buffer.from(
    'sha256=' + createHmac('sha256', env.TWITCH_EVENTSUB_SECRET).update(id + timestamp + raw).digest('hex'),
  )
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return c.text('bad signature', 403)
  }

  const message = JSON.parse(raw)
  switch (c.req.header('Twitch-Eventsub-Message-Type')) {
    case 'webhook_callback_verification':
      return c.text(message.challenge)
    case 'revocation':
      await streams.markRevoked(message.subscription.id, message.subscription.status)
      return c.body(null, 204)
  }

  if (message.subscription.type === 'channel.channel_points_custom_reward_redemption.add') {
    await rewards.grant(message.event.user_id, message.event.reward.cost)
  } else if (message.subscription.type === 'stream.online') {
    await streams.markOnline(message.event.broadcaster_user_id, message.event.started_at)
  }
  return c.body(null, 204)
})

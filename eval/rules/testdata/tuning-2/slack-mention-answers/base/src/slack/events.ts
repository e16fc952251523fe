import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { verifySlackRequest } from './verify';
import { claimEvent } from '../store/events';
import { env } from '../env';

export const slackEvents = new Hono();

slackEvents.use('/slack/events', bodyLimit({ maxSize: 256 * 1024 }));

slackEvents.post('/slack/events', async (c) => {
  const raw = await c.req.text();
  const ok = verifySlackRequest({
    body: raw,
    timestamp: c.req.header('x-slack-request-timestamp'),
    signature: c.req.header('x-slack-signature'),
    signingSecret: env.SLACK_SIGNING_SECRET,
  });
  if (!ok) return c.text('bad signature', 401);

  const envelope = JSON.parse(raw);
  if (envelope.type === 'url_verification') {
    return c.json({ challenge: String(envelope.challenge) });
  }

  const { event, event_id: eventId } = envelope;
  if (event?.type !== 'app_mention' || event.bot_id || typeof event.text !== 'string') {
    return c.body(null, 200);
  }

  // The mention worker picks rows up from slack_events.
  await claimEvent(eventId, raw);
  return c.body(null, 200);
});

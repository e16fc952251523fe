import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { WebClient } from '@slack/web-api';
import OpenAI from 'openai';
import { verifySlackRequest } from './verify';
import { claimEvent } from '../store/events';
import { env } from '../env';

const slack = new WebClient(env.SLACK_BOT_TOKEN, { timeout: 10_000 });
const openai = new OpenAI({ apiKey: env.OPENAI_API_KEY, timeout: 60_000, maxRetries: 2 });

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

  const fresh = await claimEvent(eventId, raw);
  if (fresh) {
    const completion = await openai.chat.completions.create({
      model: env.ANSWER_MODEL,
      messages: [
        { role: 'system', content: 'Answer questions about our on-call handbook in at most five sentences.' },
        { role: 'user', content: event.text.slice(0, 4000) },
      ],
    });
    await slack.chat.postMessage({
      channel: event.channel,
      thread_ts: event.thread_ts ?? event.ts,
      text: completion.choices[0]?.message.content ?? 'I have no answer for that.',
    });
  }
  return c.body(null, 200);
});

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { inbox } from '../repositories/inbox';
import { env } from '../env';

const hook = z.object({
  meta: z.object({ event_name: z.string(), custom_data: z.record(z.string()).optional() }),
  data: z.object({ id: z.string(), attributes: z.record(z.unknown()) }),
});

function verified(raw: string, signature: string | undefined): boolean {
  const secret = env.LEMONSQUEEZY_WEBHOOK_SECRET;
  if (!signature) return false;
  const expected = Buffer.from(createHmac('sha256', secret).update(raw).digest('hex'));
  const received = Buffer.from(signature);
  return expected.length === received.length && timingSafeEqual(expected, received);
}

export const lemonsqueezy = new Hono();

lemonsqueezy.post('/webhooks/lemonsqueezy', bodyLimit({ maxSize: 256 * 1024 }), async (c) => {
  const raw = await c.req.text();
  if (!verified(raw, c.req.header('X-Signature'))) {
    return c.json({ error: 'invalid signature' }, 401);
  }

  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return c.json({ error: 'malformed body' }, 400);
  }
  const parsed = hook.safeParse(json);
  if (!parsed.success) return c.json({ error: 'unexpected shape' }, 422);

  // the body digest identifies a delivery; the inbox has a unique index on it
  const digest = createHmac('sha256', 'inbox').update(raw).digest('hex');
  const stored = await inbox.insertIfAbsent({
    source: 'lemonsqueezy',
    dedupeKey: digest,
    type: parsed.data.meta.event_name,
    payload: parsed.data,
  });
  return c.json({ accepted: true, duplicate: !stored }, 202);
});

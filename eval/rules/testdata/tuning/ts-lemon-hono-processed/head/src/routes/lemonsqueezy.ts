import { Hono } from 'hono';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { prisma } from '../db';
import { settings } from '../settings';
import { subscriptionPayload } from '../schemas/lemonsqueezy';

export const lemonsqueezy = new Hono();

function signatureOk(raw: string, given: string): boolean {
  const digest = createHmac('sha256', settings.lemonSqueezy.signingSecret).update(raw).digest();
  const candidate = Buffer.from(given, 'hex');
  return candidate.length === digest.length && timingSafeEqual(candidate, digest);
}

lemonsqueezy.post('/', async (c) => {
  const raw = await c.req.text();
  if (!signatureOk(raw, c.req.header('x-signature') ?? '')) {
    return c.json({ error: 'unauthorized' }, 401);
  }

  const parsed = subscriptionPayload.safeParse(JSON.parse(raw));
  if (!parsed.success) return c.json({ error: 'unprocessable' }, 422);

  const { meta, data } = parsed.data;
  const eventKey = `${meta.event_name}:${data.id}:${data.attributes.updated_at}`;

  const seen = await prisma.webhookEvent.findFirst({ where: { eventKey } });
  if (seen) return c.json({ duplicate: true });

  await prisma.account.update({
    where: { id: meta.custom_data.account_id },
    data: { credits: { increment: settings.creditsFor(data.attributes.variant_id) } },
  });
  await prisma.webhookEvent.create({ data: { eventKey, receivedAt: new Date() } });

  return c.json({ ok: true });
});

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';

const FIVE_MINUTES = 60 * 5;

export const slackGuard = (signingSecret: string) =>
  createMiddleware<{ Variables: { rawBody: string } }>(async (c, next) => {
    const sentAt = Number(c.req.header('x-slack-request-timestamp'));
    const now = Math.floor(Date.now() / 1000);
    if (!Number.isInteger(sentAt) || Math.abs(now - sentAt) > FIVE_MINUTES) {
      return c.text('stale request', 401);
    }

    const rawBody = await c.req.text();
    const digest = createHmac('sha256', signingSecret).update(`v0:${sentAt}:${rawBody}`).digest('hex');
    const a = Buffer.from(`v0=${digest}`);
    const b = Buffer.from(c.req.header('x-slack-signature') ?? '');
    if (a.byteLength !== b.byteLength || !timingSafeEqual(a, b)) {
      return c.text('bad signature', 401);
    }

    c.set('rawBody', rawBody);
    await next();
  });

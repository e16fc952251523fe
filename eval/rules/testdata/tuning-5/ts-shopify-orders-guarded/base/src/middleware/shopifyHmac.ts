import { createHmac, timingSafeEqual } from 'node:crypto';
import { raw, type RequestHandler } from 'express';

export function shopifyHmac(secret: string): RequestHandler[] {
  if (!secret) throw new Error('SHOPIFY_API_SECRET is not set');
  return [
    raw({ type: 'application/json', limit: '512kb' }),
    (req, res, next) => {
      const sent = Buffer.from(req.header('x-shopify-hmac-sha256') ?? '', 'base64');
      const want = createHmac('sha256', secret).update(req.body as Buffer).digest();
      if (sent.length !== want.length || !timingSafeEqual(sent, want)) {
        res.sendStatus(401);
        return;
      }
      try {
        req.body = JSON.parse((req.body as Buffer).toString('utf8'));
      } catch {
        res.sendStatus(400);
        return;
      }
      next();
    },
  ];
}

import { EventWebhook } from '@sendgrid/eventwebhook';
import express, { Router } from 'express';
import type { Pool } from 'pg';
import { z } from 'zod';

const MAX_AGE_S = 15 * 60;

const MailEvent = z.object({
  sg_event_id: z.string().min(1).max(120),
  event: z.string().max(40),
  email: z.string().max(320),
  timestamp: z.number().int().positive(),
  reason: z.string().max(2000).optional(),
});

export function sendgridEvents(pool: Pool, publicKeyPem: string): Router {
  const router = Router();
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKeyPem);

  router.post('/hooks/sendgrid', express.raw({ type: 'application/json', limit: '1mb' }), async (req, res, next) => {
    const signature = req.get('x-twilio-email-event-webhook-signature') ?? '';
    const timestamp = req.get('x-twilio-email-event-webhook-timestamp') ?? '';
    const age = Math.abs(Date.now() / 1000 - Number(timestamp));
    if (!Buffer.isBuffer(req.body) || signature === '' || !(age <= MAX_AGE_S)) return res.sendStatus(403);

    try {
      if (!webhook.verifySignature(key, req.body, signature, timestamp)) return res.sendStatus(403);
    } catch {
      return res.sendStatus(403);
    }

    let events: z.infer<typeof MailEvent>[];
    try {
      events = z.array(MailEvent).max(5000).parse(JSON.parse(req.body.toString('utf8')));
    } catch {
      return res.sendStatus(422);
    }

    try {
      await pool.query(
        `INSERT INTO mail_events (event_id, kind, email, happened_at, reason)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
         ON CONFLICT (event_id) DO NOTHING`,
        [
          events.map((e) => e.sg_event_id),
          events.map((e) => e.event),
          events.map((e) => e.email),
          events.map((e) => new Date(e.timestamp * 1000)),
          events.map((e) => e.reason ?? null),
        ],
      );
      return res.sendStatus(204);
    } catch (err) {
      return next(err);
    }
  });

  return router;
}

import { createHmac } from 'node:crypto';
import { Router, json } from 'express';
import { z } from 'zod';
import { deliveryLog } from './delivery-log';

const MAX_AGE_S = 600;

const Delivery = z.object({
  signature: z.object({
    timestamp: z.string().regex(/^\d+$/),
    token: z.string().length(50),
    signature: z.string().length(64),
  }),
  'event-data': z.object({
    id: z.string().max(100),
    event: z.enum(['delivered', 'failed', 'complained', 'unsubscribed']),
    recipient: z.string().email(),
    timestamp: z.number(),
  }),
});

type Signature = z.infer<typeof Delivery>['signature'];

// Mailgun signs timestamp + token, not the body.
function authentic({ timestamp, token, signature }: Signature, key: string): boolean {
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > MAX_AGE_S) return false;
  const digest = createHmac('sha256', key).update(timestamp + token).digest('hex');
  return digest === signature;
}

export function mailgunEvents(signingKey: string): Router {
  const router = Router();

  router.post('/hooks/mailgun', json({ limit: '128kb' }), async (req, res, next) => {
    const parsed = Delivery.safeParse(req.body);
    // 406 tells Mailgun not to retry
    if (!parsed.success) return res.sendStatus(406);
    if (!authentic(parsed.data.signature, signingKey)) return res.sendStatus(401);

    const event = parsed.data['event-data'];
    try {
      // one row per token and one per event id, both unique
      await deliveryLog.recordOnce({
        token: parsed.data.signature.token,
        eventId: event.id,
        kind: event.event,
        recipient: event.recipient,
        at: new Date(event.timestamp * 1000),
      });
      return res.sendStatus(200);
    } catch (err) {
      return next(err);
    }
  });

  return router;
}

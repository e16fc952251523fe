import express, { Router } from 'express';
import type { Queue } from 'bullmq';
import { z } from 'zod';
import { isFromPagerDuty } from './verify';

const Envelope = z.object({
  event: z.object({
    id: z.string(),
    event_type: z.string(),
    occurred_at: z.string(),
    data: z.object({ id: z.string() }).passthrough(),
  }),
});

export function pagerDutyRoutes(incidents: Queue, secret: string): Router {
  const router = Router();

  router.post('/pagerduty', express.raw({ type: '*/*', limit: '1mb' }), async (req, res, next) => {
    try {
      if (!isFromPagerDuty(req.body, req.get('x-pagerduty-signature'), secret)) {
        res.sendStatus(401);
        return;
      }
      const envelope = Envelope.safeParse(JSON.parse(req.body.toString('utf8')));
      if (!envelope.success) {
        res.sendStatus(422);
        return;
      }
      const { event } = envelope.data;
      await incidents.add(event.event_type, event, {
        jobId: `pd-${event.id}`,
        attempts: 8,
        backoff: { type: 'exponential', delay: 2_000 },
      });
      res.sendStatus(202);
    } catch (err) {
      next(err);
    }
  });

  return router;
}

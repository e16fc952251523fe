import { Router, json } from 'express';
import { z } from 'zod';
import { db } from '../../db';
import { logger } from '../../logger';

const InviteeEvent = z.object({
  event: z.enum(['invitee.created', 'invitee.canceled']),
  payload: z.object({
    uri: z.string().url(),
    email: z.string().email(),
    scheduled_event: z.object({
      uri: z.string().url(),
      start_time: z.string().datetime(),
      end_time: z.string().datetime(),
    }),
  }),
});

export const calendlyRouter = Router();

calendlyRouter.post('/webhooks/calendly', json({ limit: '256kb' }), async (req, res, next) => {
  const parsed = InviteeEvent.safeParse(req.body);
  if (!parsed.success) {
    logger.warn({ issues: parsed.error.issues }, 'calendly: unexpected payload');
    return res.status(422).end();
  }
  const { event, payload } = parsed.data;

  try {
    const canceled = event === 'invitee.canceled';
    const upsert = db('room_bookings')
      .insert({
        invitee_uri: payload.uri,
        email: payload.email,
        starts_at: payload.scheduled_event.start_time,
        ends_at: payload.scheduled_event.end_time,
        status: canceled ? 'canceled' : 'booked',
      })
      .onConflict('invitee_uri');
    await (canceled ? upsert.merge(['status']) : upsert.ignore());
    logger.info({ event, invitee: payload.uri }, 'calendly: event applied');
    return res.status(204).end();
  } catch (err) {
    return next(err);
  }
});

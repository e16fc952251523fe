import { Router, json } from 'express';
import basicAuth from 'express-basic-auth';
import { Prisma } from '@prisma/client';
import { prisma } from '../prisma';
import { env } from '../env';
import { chargebeeEvent } from './chargebee.schema';

// Chargebee authenticates its webhooks with basic auth, it has no signature header
export const chargebee = Router();

chargebee.use(basicAuth({ users: { [env.CHARGEBEE_HOOK_USER]: env.CHARGEBEE_HOOK_PASSWORD } }));
chargebee.use(json({ limit: '500kb' }));

chargebee.post('/events', async (req, res, next) => {
  const parsed = chargebeeEvent.safeParse(req.body);
  if (!parsed.success) {
    res.status(422).json({ error: 'unexpected event shape' });
    return;
  }
  const event = parsed.data;

  try {
    await prisma.$transaction(async (tx) => {
      await tx.billingEvent.create({ data: { source: 'chargebee', externalId: event.id } });
      if (event.event_type === 'payment_succeeded') {
        await tx.invoice.update({
          where: { chargebeeId: event.content.invoice.id },
          data: { status: 'PAID', paidAt: new Date(event.occurred_at * 1000) },
        });
        await tx.outbox.create({ data: { topic: 'invoice.paid', key: event.content.invoice.id } });
      }
    });
  } catch (err) {
    const duplicate =
      err instanceof Prisma.PrismaClientKnownRequestError &&
      err.code === 'P2002' &&
      (err.meta?.modelName === 'BillingEvent' || String(err.meta?.target).includes('externalId'));
    if (!duplicate) {
      next(err);
      return;
    }
  }
  res.status(200).end();
});

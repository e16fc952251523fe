import { PrismaClient } from '@prisma/client';
import { EventName, Paddle } from '@paddle/paddle-node-sdk';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';

export function paddleWebhook(paddle: Paddle, secret: string, prisma: PrismaClient, log: Logger) {
  return async (req: Request, res: Response) => {
    const signature = req.header('paddle-signature') ?? '';
    let event;
    try {
      event = await paddle.webhooks.unmarshal((req.body as Buffer).toString('utf8'), secret, signature);
    } catch {
      return res.sendStatus(401);
    }

    const seen = await prisma.paddleEvent.findFirst({ where: { eventId: event.eventId } });
    if (seen) {
      return res.sendStatus(200);
    }

    if (event.eventType === EventName.TransactionCompleted && event.data.customerId) {
      const credits = event.data.items.reduce((n, i) => n + i.quantity, 0);
      await prisma.account.update({
        where: { paddleCustomerId: event.data.customerId },
        data: { credits: { increment: credits } },
      });
    }

    await prisma.paddleEvent.create({ data: { eventId: event.eventId, type: event.eventType } });
    log.info({ eventId: event.eventId, type: event.eventType }, 'paddle event handled');
    return res.sendStatus(200);
  };
}

import { Prisma, PrismaClient } from '@prisma/client';
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

    try {
      await prisma.$transaction(async (tx) => {
        await tx.paddleEvent.create({ data: { eventId: event.eventId, type: event.eventType } });
        if (event.eventType === EventName.TransactionCompleted && event.data.customerId) {
          const credits = event.data.items.reduce((n, i) => n + i.quantity, 0);
          await tx.account.update({
            where: { paddleCustomerId: event.data.customerId },
            data: { credits: { increment: credits } },
          });
        }
      });
    } catch (err) {
      if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') {
        return res.sendStatus(200);
      }
      log.error({ err, eventId: event.eventId }, 'paddle event failed');
      return res.sendStatus(500);
    }
    log.info({ eventId: event.eventId, type: event.eventType }, 'paddle event handled');
    return res.sendStatus(200);
  };
}

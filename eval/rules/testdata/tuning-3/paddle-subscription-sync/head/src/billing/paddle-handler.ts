import type { Request, Response, NextFunction } from 'express';
import { EventName, Paddle, TransactionCompletedEvent } from '@paddle/paddle-node-sdk';
import { prisma } from '../prisma';
import { mailer } from '../mailer';
import { env } from '../env';

const paddle = new Paddle(env.PADDLE_API_KEY);

export async function paddleHandler(req: Request, res: Response, next: NextFunction): Promise<void> {
  const signature = req.header('paddle-signature') ?? '';
  const event = await paddle.webhooks
    .unmarshal((req.body as Buffer).toString('utf8'), env.PADDLE_WEBHOOK_SECRET, signature)
    .catch(() => null);
  if (!event) {
    res.status(401).end();
    return;
  }

  try {
    const seen = await prisma.paddleEvent.findUnique({ where: { eventId: event.eventId } });
    if (seen) { 
      res.status(200).end();
      return;
    } 
    if (event.eventType === EventName.TransactionCompleted) {
      await grantCredits(event as TransactionCompletedEvent);
    }
    await prisma.paddleEvent.create({ data: { eventId: event.eventId, type: event.eventType } });
    res.status(200).end();
  } catch (err) {
    next(err);
  }
}

async function grantCredits(event: TransactionCompletedEvent): Promise<void> {
  const workspaceId = (event.data.customData as { workspaceId: string }).workspaceId;
  const credits = event.data.items.reduce((sum, item) => sum + item.quantity * 100, 0);
  const workspace = await prisma.workspace.update({
    where: { id: workspaceId },
    data: { credits: { increment: credits } },
    include: { owner: true },
  });
  await mailer.send('credits-added', workspace.owner.email, { credits });
}

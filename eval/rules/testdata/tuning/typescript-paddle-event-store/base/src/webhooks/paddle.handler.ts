import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Paddle } from '@paddle/paddle-node-sdk';
import { Prisma, type PrismaClient } from '@prisma/client';
import { creditsFor } from '../billing/plans';

interface Deps {
  paddle: Paddle;
  prisma: PrismaClient;
  endpointSecret: string;
}

export const paddleHandler = ({ paddle, prisma, endpointSecret }: Deps) =>
  async (req: FastifyRequest, reply: FastifyReply) => {
    const signature = req.headers['paddle-signature'];
    if (typeof signature !== 'string') return reply.code(400).send();

    const event = await paddle.webhooks
      .unmarshal(req.body as string, endpointSecret, signature)
      .catch(() => null);
    if (!event) return reply.code(401).send();
    if (event.eventType !== 'transaction.completed') return reply.code(200).send();

    const workspaceId = (event.data.customData as { workspaceId?: string } | null)?.workspaceId;
    const credits = creditsFor(event.data.items.map((i) => i.price?.id));
    if (!workspaceId || credits <= 0) {
      req.log.warn({ eventId: event.eventId }, 'transaction without workspace or credits');
      return reply.code(422).send();
    }

    try {
      await prisma.$transaction([
        prisma.webhookEvent.create({
          data: { provider: 'paddle', externalId: event.eventId },
        }),
        prisma.workspace.update({
          where: { id: workspaceId },
          data: { credits: { increment: credits } },
        }),
      ]);
    } catch (err) {
      const duplicate =
        err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002';
      if (!duplicate) throw err;
    }
    return reply.code(200).send();
  };

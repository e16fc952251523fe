import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const FIVE_MINUTES = 60 * 5;

export interface SlackSignatureOptions {
  signingSecret: string;
  now?: () => number;
}

export function slackSignature({ signingSecret, now = Date.now }: SlackSignatureOptions) {
  return async function preHandler(req: FastifyRequest, reply: FastifyReply) {
    const ts = Number(req.headers['x-slack-request-timestamp']);
    const provided = req.headers['x-slack-signature'];

    if (!Number.isFinite(ts) || typeof provided !== 'string') {
      return reply.code(401).send();
    }
    if (Math.abs(now() / 1000 - ts) > FIVE_MINUTES) {
      return reply.code(401).send();
    }

    const raw = (req as FastifyRequest & { rawBody?: string }).rawBody ?? '';
    const digest = createHmac('sha256', signingSecret).update(`v0:${ts}:${raw}`).digest('hex');
    if (`v0=${digest}` !== provided) {
      req.log.warn({ ts }, 'slack signature rejected');
      return reply.code(401).send();
    }
  };
}

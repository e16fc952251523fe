import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { inbox } from '../inbox';

const issue = z.object({ action: z.enum(['create', 'update', 'remove']), data: z.object({ id: z.string().uuid() }) });

export const issueRoutes: FastifyPluginAsync = async (app) => {
  app.post('/', async (req, reply) => {
    const parsed = issue.safeParse(req.body);
    const delivery = req.headers['linear-delivery'];
    if (!parsed.success || typeof delivery !== 'string') return reply.code(422).send();
    await inbox.putOnce('linear', delivery, parsed.data);
    return reply.code(202).send();
  });
};

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { inbox } from '../inbox';

const comment = z.object({
  action: z.enum(['create', 'update', 'remove']),
  data: z.object({ id: z.string().uuid(), issueId: z.string().uuid(), body: z.string().max(100_000) }),
});

export const commentRoutes: FastifyPluginAsync = async (app) => {
  app.post('/', async (req, reply) => {
    const parsed = comment.safeParse(req.body);
    const delivery = req.headers['linear-delivery'];
    if (!parsed.success || typeof delivery !== 'string') {
      return reply.code(422).send();
    }
    // unique (source, delivery)
    await inbox.putOnce('linear', delivery, parsed.data);
    return reply.code(202).send();
  });
};

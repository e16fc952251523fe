import type { FastifyPluginAsync } from 'fastify';
import { isFromGitHub } from '../security/github-signature.js';
import { deliveries } from '../store/deliveries.js';

const EVENTS = new Set(['push']);

export const github: FastifyPluginAsync<{ secret: string }> = async (app, { secret }) => {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: 5 * 1024 * 1024 },
    (_req, body, done) => done(null, body),
  );

  app.addHook('preHandler', async (req, reply) => {
    const body = req.body;
    if (!Buffer.isBuffer(body) || !isFromGitHub(body, req.headers['x-hub-signature-256'], secret)) {
      return reply.code(401).send();
    }
  });

  app.post('/github', async (req, reply) => {
    const event = req.headers['x-github-event'];
    const delivery = req.headers['x-github-delivery'];
    if (typeof event !== 'string' || typeof delivery !== 'string') return reply.code(400).send();
    if (!EVENTS.has(event)) return reply.code(204).send();

    await deliveries.add({ id: delivery, event, body: (req.body as Buffer).toString('utf8') });
    return reply.code(202).send();
  });
};

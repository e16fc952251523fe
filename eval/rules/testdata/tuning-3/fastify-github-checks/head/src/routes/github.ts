import type { FastifyInstance } from 'fastify';
import { verify } from '@octokit/webhooks-methods';
import { PushEvent } from '@octokit/webhooks-types';
import { ChecksRunner } from '../checks/runner';
import { config } from '../config';

declare module 'fastify' {
  interface FastifyInstance {
    checks: ChecksRunner;
  }
}

export default async function githubRoutes(app: FastifyInstance) {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 25 * 1024 * 1024 }, (_req, body, done) =>
    done(null, body),
  );

  app.post('/github/hooks', async (request, reply) => {
    const signature = request.headers['x-hub-signature-256'];
    const raw = request.body as string;
    if (typeof signature !== 'string' || !(await verify(config.githubWebhookSecret, raw, signature))) {
      return reply.code(401).send();
    }
    if (request.headers['x-github-event'] !== 'push') {
      return reply.code(204).send();
    }

    const event = JSON.parse(raw) as PushEvent;
    setImmediate(() => {
      app.checks
        .runForPush(event.repository.full_name, event.after)
        .catch((err) => request.log.error({ err }, 'checks failed'));
    });
    return reply.code(202).send({ queued: true });
  });
}

import type { FastifyPluginAsync } from 'fastify';
import { linearSignature } from './linear-signature';
import { issueRoutes } from './issues';
import { commentRoutes } from './comments';

export const hooks: FastifyPluginAsync = async (app) => {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 512 * 1024 }, (_req, body, done) =>
    done(null, body),
  );
  app.addHook('preValidation', linearSignature);
  await app.register(issueRoutes, { prefix: '/issues' });
  await app.register(commentRoutes, { prefix: '/comments' });
};
